using System.Numerics;

namespace DklActors.Physics.Decompositions;

/// <summary>
/// Non-negative matrix factorization X ≈ W·H of frames (rows of X) into components (rows of H) and their abundances
/// (columns of W).
/// </summary>
/// <remarks>
/// Hierarchical alternating least squares (Cichocki and Phan, IEICE Trans. E92-A, 708 (2009)) on data scaled by the
/// roots of mean frame and mean image, so that counting noise weighs the same everywhere (Keenan and Kotula, Surf.
/// Interface Anal. 36, 203 (2004)). It begins with the frames that are most unlike each other (successive projection,
/// Araújo et al., Chemom. Intell. Lab. Syst. 57, 65 (2001)), so that nothing is drawn: the same data give the same
/// components.
/// </remarks>
public sealed class NonNegativeFactors
{
    private const double Tiny = 1e-12;

    private readonly double[] _abundances;
    private readonly double[] _components;

    private NonNegativeFactors(int frames, int channels, int count)
    {
        Frames = frames;
        Channels = channels;
        Count = count;
        _abundances = new double[frames * count];
        _components = new double[count * channels];
    }

    public int Frames { get; }

    public int Channels { get; }

    /// <summary>Number of components.</summary>
    public int Count { get; }

    /// <summary>Iterations until the change was small, or the most that were allowed.</summary>
    public int Iterations { get; private set; }

    /// <summary>Share of the scaled data's sum of squares that the components leave unexplained.</summary>
    public double Residual { get; private set; }

    /// <summary>A component, of unit sum.</summary>
    public ReadOnlySpan<double> Component(int index) => _components.AsSpan(index * Channels, Channels);

    /// <summary>How many of a frame's counts a component makes up.</summary>
    public double Abundance(int frame, int component) => _abundances[(frame * Count) + component];

    /// <summary>Factorizes.</summary>
    /// <param name="data">Frames × channels, row-major; negative values are taken for zero.</param>
    /// <param name="channels">Channels of a frame.</param>
    /// <param name="count">Components, at least one and at most as many as there are frames or channels.</param>
    /// <param name="mostIterations">Iterations at most.</param>
    /// <exception cref="ArgumentException">Too many components, or data that are zero everywhere.</exception>
    public static NonNegativeFactors Of(
        ReadOnlySpan<float> data, int channels, int count, int mostIterations = 300)
    {
        int frames = data.Length / channels;
        if (count < 1 || count > Math.Min(frames, channels))
        {
            throw new ArgumentException(
                $"{count} components cannot be found in {frames} frames of {channels} channels.");
        }

        var factors = new NonNegativeFactors(frames, channels, count);
        double[] scaled = Scale(data, channels, out double[] byFrame, out double[] byChannel);
        factors.Begin(scaled);
        factors.Iterate(scaled, mostIterations);
        factors.Unscale(byFrame, byChannel);
        return factors;
    }

    private static double[] Scale(
        ReadOnlySpan<float> data, int channels, out double[] byFrame, out double[] byChannel)
    {
        int frames = data.Length / channels;
        byFrame = new double[frames];
        byChannel = new double[channels];
        double total = 0;
        for (int i = 0; i < data.Length; i++)
        {
            double value = Math.Max(data[i], 0);
            byFrame[i / channels] += value;
            byChannel[i % channels] += value;
            total += value;
        }

        if (!(total > 0))
        {
            throw new ArgumentException("The frames are empty: there is nothing to decompose.");
        }

        // A channel or frame without counts has no noise to scale by, and nothing to explain.
        Roots(byFrame, frames / total);
        Roots(byChannel, channels / total);
        double[] scaled = new double[data.Length];
        for (int i = 0; i < data.Length; i++)
        {
            scaled[i] = Math.Max(data[i], 0) / (byFrame[i / channels] * byChannel[i % channels]);
        }

        return scaled;
    }

    private static void Roots(double[] sums, double factor)
    {
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] = Math.Sqrt(Math.Max(sums[i] * factor, 1e-6));
        }
    }

    /// <summary>Components begin as the frame that is largest after all chosen before were projected out.</summary>
    private void Begin(double[] data)
    {
        double[] left = [.. data];
        for (int component = 0; component < Count; component++)
        {
            int largest = 0;
            double most = -1;
            for (int frame = 0; frame < Frames; frame++)
            {
                double square = Dot(left.AsSpan(frame * Channels, Channels), left.AsSpan(frame * Channels, Channels));
                (largest, most) = square > most ? (frame, square) : (largest, most);
            }

            data.AsSpan(largest * Channels, Channels).CopyTo(_components.AsSpan(component * Channels));
            double[] direction = [.. left.AsSpan(largest * Channels, Channels)];
            for (int frame = 0; frame < Frames && most > Tiny; frame++)
            {
                Span<double> row = left.AsSpan(frame * Channels, Channels);
                Subtract(row, direction, Dot(row, direction) / most);
            }
        }

        // An even start lets every component find its own frames.
        _abundances.AsSpan().Fill(1.0 / Count);
    }

    private void Iterate(double[] data, int mostIterations)
    {
        double[] gram = new double[Count * Count];
        double[] cross = new double[Math.Max(Frames, Channels) * Count];
        double square = Dot(data, data), before = double.PositiveInfinity;
        for (Iterations = 1; Iterations <= mostIterations; Iterations++)
        {
            UpdateAbundances(data, gram);
            double misfit = UpdateComponents(data, gram, cross, square);
            Residual = Math.Max(misfit, 0) / square;
            if (before - misfit < 1e-7 * square)
            {
                return;
            }

            before = misfit;
        }

        Iterations = mostIterations;
    }

    private void UpdateAbundances(double[] data, double[] gram)
    {
        for (int i = 0; i < Count; i++)
        {
            for (int j = 0; j < Count; j++)
            {
                gram[(i * Count) + j] = Dot(Component(i), Component(j));
            }
        }

        for (int frame = 0; frame < Frames; frame++)
        {
            ReadOnlySpan<double> row = data.AsSpan(frame * Channels, Channels);
            Span<double> weights = _abundances.AsSpan(frame * Count, Count);
            for (int k = 0; k < Count; k++)
            {
                double gain = Dot(Component(k), row);
                for (int j = 0; j < Count; j++)
                {
                    gain -= j == k ? 0 : gram[(k * Count) + j] * weights[j];
                }

                weights[k] = Math.Max(gain / Math.Max(gram[(k * Count) + k], Tiny), 0);
            }
        }
    }

    private double UpdateComponents(double[] data, double[] gram, double[] cross, double square)
    {
        gram.AsSpan().Clear();
        cross.AsSpan(0, Count * Channels).Clear();
        for (int frame = 0; frame < Frames; frame++)
        {
            ReadOnlySpan<double> row = data.AsSpan(frame * Channels, Channels);
            ReadOnlySpan<double> weights = _abundances.AsSpan(frame * Count, Count);
            for (int k = 0; k < Count; k++)
            {
                if (weights[k] == 0)
                {
                    continue;
                }

                Subtract(cross.AsSpan(k * Channels, Channels), row, -weights[k]);
                for (int j = 0; j < Count; j++)
                {
                    gram[(k * Count) + j] += weights[k] * weights[j];
                }
            }
        }

        Span<double> change = new double[Channels];
        for (int k = 0; k < Count; k++)
        {
            Span<double> component = _components.AsSpan(k * Channels, Channels);
            cross.AsSpan(k * Channels, Channels).CopyTo(change);
            for (int j = 0; j < Count; j++)
            {
                if (j != k)
                {
                    Subtract(change, Component(j), gram[(k * Count) + j]);
                }
            }

            double weight = Math.Max(gram[(k * Count) + k], Tiny);
            for (int i = 0; i < Channels; i++)
            {
                component[i] = Math.Max(change[i] / weight, 0);
            }
        }

        // ‖X − WH‖² = ‖X‖² − 2⟨WᵀX, H⟩ + ⟨WᵀW H, H⟩, of what is at hand already.
        double misfit = square;
        for (int k = 0; k < Count; k++)
        {
            misfit -= 2 * Dot(cross.AsSpan(k * Channels, Channels), Component(k));
            for (int j = 0; j < Count; j++)
            {
                misfit += gram[(k * Count) + j] * Dot(Component(k), Component(j));
            }
        }

        return misfit;
    }

    private void Unscale(double[] byFrame, double[] byChannel)
    {
        for (int k = 0; k < Count; k++)
        {
            Span<double> component = _components.AsSpan(k * Channels, Channels);
            double sum = 0;
            for (int i = 0; i < Channels; i++)
            {
                component[i] *= byChannel[i];
                sum += component[i];
            }

            for (int i = 0; i < Channels && sum > 0; i++)
            {
                component[i] /= sum;
            }

            for (int frame = 0; frame < Frames; frame++)
            {
                _abundances[(frame * Count) + k] *= byFrame[frame] * sum;
            }
        }
    }

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var sums = Vector<double>.Zero;
        int i = 0;
        for (; i <= left.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            sums += new Vector<double>(left[i..]) * new Vector<double>(right[i..]);
        }

        double sum = Vector.Sum(sums);
        for (; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    private static void Subtract(Span<double> from, ReadOnlySpan<double> what, double factor)
    {
        for (int i = 0; i < from.Length; i++)
        {
            from[i] -= factor * what[i];
        }
    }
}
