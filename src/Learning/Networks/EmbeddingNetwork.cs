using DklActors.Learning.Linear;
using DklActors.Learning.Randomness;

namespace DklActors.Learning.Networks;

/// <summary>
/// A multilayer perceptron in float32 with its parameters in one vector: for each layer the weights (out × in,
/// row-major), then the biases. Holds no parameters itself.
/// </summary>
internal sealed class EmbeddingNetwork
{
    private readonly NetworkOptions _options;
    private readonly int[] _widths;
    private readonly int[] _offsets;

    /// <param name="options">Validated options.</param>
    /// <param name="featureCount">Width F of the input.</param>
    public EmbeddingNetwork(NetworkOptions options, int featureCount)
    {
        _options = options;
        Dimension = options.EmbeddingDimension > 0 ? options.EmbeddingDimension : featureCount;
        _widths = options.IsAbsent ? [featureCount] : [featureCount, .. options.HiddenWidths, Dimension];
        _offsets = new int[_widths.Length];
        for (int layer = 1; layer < _widths.Length; layer++)
        {
            _offsets[layer] = _offsets[layer - 1] + (_widths[layer] * (_widths[layer - 1] + 1));
        }
    }

    /// <summary>Dimension d of the embedding.</summary>
    public int Dimension { get; }

    public int ParameterCount => _offsets[^1];

    public int LayerCount => _widths.Length - 1;

    /// <summary>
    /// Weights and biases uniform in ±1/√in (as PyTorch initialises them); with the identity skip the last layer is 0.
    /// </summary>
    public float[] Initialise(ulong seed)
    {
        float[] parameters = new float[ParameterCount];
        int filled = _options.Skip == SkipConnection.Identity ? LayerCount - 1 : LayerCount;
        for (int layer = 0; layer < filled; layer++)
        {
            SeededRandom random = SeededRandom.Derive(seed, RandomPurpose.NetworkWeights, (ulong)layer);
            double bound = 1.0 / Math.Sqrt(_widths[layer]);
            for (int i = _offsets[layer]; i < _offsets[layer + 1]; i++)
            {
                parameters[i] = (float)(bound * ((2.0 * random.NextDouble()) - 1.0));
            }
        }

        return parameters;
    }

    /// <summary>
    /// Scales and shifts the last layer so that the embedding of these rows has mean 0 and deviation 1.
    /// </summary>
    public void NormaliseOutput(float[] parameters, ReadOnlyMemory<float> features, int count, int threads)
    {
        float[] embedding = Forward(parameters, features, count, threads)[^1].ToArray();
        int inputs = _widths[^2], offset = _offsets[^2];
        for (int d = 0; d < Dimension; d++)
        {
            double sum = 0.0, squares = 0.0;
            for (int i = 0; i < count; i++)
            {
                double value = embedding[(i * Dimension) + d];
                sum += value;
                squares += value * value;
            }

            double mean = sum / count;
            double deviation = Math.Sqrt(Math.Max((squares / count) - (mean * mean), 0.0));
            float factor = deviation > 0.0 ? (float)(1.0 / deviation) : 1.0f;
            Span<float> weights = parameters.AsSpan(offset + (d * inputs), inputs);
            for (int i = 0; i < inputs; i++)
            {
                weights[i] *= factor;
            }

            ref float bias = ref parameters[offset + (Dimension * inputs) + d];
            bias = (bias - (float)mean) * factor;
        }
    }

    /// <summary>Activations of every layer, the input first and the embedding (count × d) last.</summary>
    public ReadOnlyMemory<float>[] Forward(
        float[] parameters, ReadOnlyMemory<float> features, int count, int threads)
    {
        var activations = new ReadOnlyMemory<float>[LayerCount + 1];
        activations[0] = features;
        for (int layer = 0; layer < LayerCount; layer++)
        {
            int inputs = _widths[layer], outputs = _widths[layer + 1];
            float[] result = new float[count * outputs];
            MatrixProduct.Multiply(
                new MatrixView<float>(activations[layer], count, inputs),
                Weights(parameters, layer).Transposed, new MatrixTarget<float>(result, outputs), threads);
            bool last = layer == LayerCount - 1;
            ReadOnlySpan<float> skip = last && _options.Skip == SkipConnection.Identity ? features.Span : default;
            Finish(result, parameters.AsSpan(_offsets[layer] + (outputs * inputs), outputs), skip, !last);
            activations[layer + 1] = result;
        }

        return activations;
    }

    /// <summary>Gradient with respect to the parameters.</summary>
    /// <param name="parameters">As in the forward pass.</param>
    /// <param name="activations">What the forward pass returned.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="embeddingGradient">count × d: gradient with respect to the embedding.</param>
    /// <param name="gradient">Receives <see cref="ParameterCount"/> values.</param>
    /// <param name="threads">Most threads to use.</param>
    public void Backward(
        float[] parameters, ReadOnlyMemory<float>[] activations, int count, float[] embeddingGradient,
        float[] gradient, int threads)
    {
        float[] outer = embeddingGradient;
        for (int layer = LayerCount - 1; layer >= 0; layer--)
        {
            int inputs = _widths[layer], outputs = _widths[layer + 1];
            var outerView = new MatrixView<float>(outer, count, outputs);
            MatrixProduct.Multiply(
                outerView.Transposed, new MatrixView<float>(activations[layer], count, inputs),
                new MatrixTarget<float>(gradient.AsMemory(_offsets[layer], outputs * inputs), inputs), threads);
            SumRows(outer, gradient.AsSpan(_offsets[layer] + (outputs * inputs), outputs));
            if (layer > 0)
            {
                float[] inner = new float[count * inputs];
                MatrixProduct.Multiply(
                    outerView, Weights(parameters, layer), new MatrixTarget<float>(inner, inputs), threads);
                MultiplyBySlope(inner, activations[layer].Span);
                outer = inner;
            }
        }
    }

    private MatrixView<float> Weights(float[] parameters, int layer) => new(
        parameters.AsMemory(_offsets[layer], _widths[layer + 1] * _widths[layer]), _widths[layer + 1], _widths[layer]);

    private void Finish(Span<float> rows, ReadOnlySpan<float> bias, ReadOnlySpan<float> skip, bool activate)
    {
        for (int start = 0; start < rows.Length; start += bias.Length)
        {
            Span<float> row = rows.Slice(start, bias.Length);
            for (int i = 0; i < row.Length; i++)
            {
                float value = row[i] + bias[i];
                row[i] = !activate ? value
                    : _options.Activation == Activation.Relu ? MathF.Max(value, 0.0f) : MathF.Tanh(value);
            }
        }

        for (int i = 0; i < skip.Length; i++)
        {
            rows[i] += skip[i];
        }
    }

    // Both slopes follow from the activation itself: 1 or 0 for ReLU, 1 − tanh² for tanh.
    private void MultiplyBySlope(Span<float> gradient, ReadOnlySpan<float> activation)
    {
        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] *= _options.Activation == Activation.Relu
                ? (activation[i] > 0.0f ? 1.0f : 0.0f)
                : 1.0f - (activation[i] * activation[i]);
        }
    }

    private static void SumRows(ReadOnlySpan<float> rows, Span<float> sums)
    {
        sums.Clear();
        for (int start = 0; start < rows.Length; start += sums.Length)
        {
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] += rows[start + i];
            }
        }
    }
}
