using System.Numerics;
using System.Runtime.InteropServices;

namespace DklActors.Learning.Networks;

/// <summary>What happens to a layer's rows around its matrix products, float32, with vectors.</summary>
internal static class ActivationKernels
{
    /// <summary>row ← activation(row + bias), with the activation left out for the embedding itself.</summary>
    public static void Finish(Span<float> row, ReadOnlySpan<float> bias, Activation? activation)
    {
        Add(row, bias);
        if (activation == Activation.Relu)
        {
            Span<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(row);
            foreach (ref Vector<float> value in vectors)
            {
                value = Vector.Max(value, Vector<float>.Zero);
            }

            foreach (ref float value in row[(vectors.Length * Vector<float>.Count)..])
            {
                value = MathF.Max(value, 0.0f);
            }
        }
        else if (activation == Activation.Tanh)
        {
            Tanh(row);
        }
    }

    /// <summary>row ← row + other.</summary>
    public static void Add(Span<float> row, ReadOnlySpan<float> other)
    {
        Span<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(row);
        ReadOnlySpan<Vector<float>> others = MemoryMarshal.Cast<float, Vector<float>>(other)[..vectors.Length];
        for (int i = 0; i < vectors.Length; i++)
        {
            vectors[i] += others[i];
        }

        for (int i = vectors.Length * Vector<float>.Count; i < row.Length; i++)
        {
            row[i] += other[i];
        }
    }

    /// <summary>
    /// gradient ← gradient · slope. Both slopes follow from the activation itself: 1 or 0 for ReLU, 1 − tanh².
    /// </summary>
    public static void MultiplyBySlope(Span<float> gradient, ReadOnlySpan<float> activated, Activation activation)
    {
        Span<Vector<float>> gradients = MemoryMarshal.Cast<float, Vector<float>>(gradient);
        ReadOnlySpan<Vector<float>> values = MemoryMarshal.Cast<float, Vector<float>>(activated)[..gradients.Length];
        for (int i = 0; i < gradients.Length; i++)
        {
            gradients[i] = Scaled(gradients[i], values[i], activation);
        }

        for (int i = gradients.Length * Vector<float>.Count; i < gradient.Length; i++)
        {
            gradient[i] = Scaled(new Vector<float>(gradient[i]), new Vector<float>(activated[i]), activation)[0];
        }
    }

    private static Vector<float> Scaled(Vector<float> gradient, Vector<float> value, Activation activation) =>
        activation == Activation.Relu
            ? Vector.ConditionalSelect(Vector.GreaterThan(value, Vector<float>.Zero), gradient, Vector<float>.Zero)
            : gradient * (Vector<float>.One - (value * value));

    private static void Tanh(Span<float> row)
    {
        Span<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(row);
        foreach (ref Vector<float> value in vectors)
        {
            value = Tanh(value);
        }

        foreach (ref float value in row[(vectors.Length * Vector<float>.Count)..])
        {
            value = Tanh(new Vector<float>(value))[0];
        }
    }

    // 1 − 2/(exp 2|x| + 1) with x's sign; near 0, where that cancels, the Taylor series, whose first term left out is
    // 1382/155925·x¹¹: below half a unit in the last place up to 0.3. From 9 on tanh is 1 in float32.
    private static Vector<float> Tanh(Vector<float> x)
    {
        Vector<float> size = Vector.Abs(x);
        Vector<float> exponential = Vector.Exp(Vector.Min(size, new Vector<float>(9.0f)) * 2.0f);
        Vector<float> far = Vector<float>.One - (new Vector<float>(2.0f) / (exponential + Vector<float>.One));
        Vector<float> square = x * x;
        Vector<float> series = (square * (62.0f / 2835.0f)) - new Vector<float>(17.0f / 315.0f);
        series = (series * square) + new Vector<float>(2.0f / 15.0f);
        series = (series * square) - new Vector<float>(1.0f / 3.0f);
        Vector<float> near = size + (size * square * series);
        Vector<float> result = Vector.ConditionalSelect(
            Vector.LessThan(size, new Vector<float>(0.3f)), near, far);
        return Vector.CopySign(result, x);
    }
}
