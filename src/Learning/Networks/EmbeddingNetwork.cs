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

    /// <summary>Width of the input and of every layer.</summary>
    public ReadOnlySpan<int> Widths => _widths;

    /// <summary>Whether the first weights give the features themselves as the embedding.</summary>
    public bool StartsAtFeatures => _options.Skip == SkipConnection.Identity;

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
        ReadOnlySpan<float> embedding = Forward(parameters, features, count, CreateWorkspace(count), threads).Span;
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

    /// <summary>Memory for passes over at most so many rows.</summary>
    public NetworkWorkspace CreateWorkspace(int rows) => new(_widths, rows);

    /// <param name="parameters"><see cref="ParameterCount"/> values.</param>
    /// <param name="features">count × F.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="workspace">Receives the activations of every layer.</param>
    /// <param name="threads">Most threads to use.</param>
    /// <returns>The embedding, count × d, in the workspace (or the features where there is no network).</returns>
    public ReadOnlyMemory<float> Forward(
        float[] parameters, ReadOnlyMemory<float> features, int count, NetworkWorkspace workspace, int threads)
    {
        ReadOnlyMemory<float> rows = features;
        for (int layer = 0; layer < LayerCount; layer++)
        {
            int inputs = _widths[layer], outputs = _widths[layer + 1], current = layer;
            float[] result = workspace.Activations(layer + 1);
            MatrixProduct.Multiply(
                new MatrixView<float>(rows, count, inputs), Weights(parameters, layer).Transposed,
                new MatrixTarget<float>(result, outputs), threads,
                part => Finish(parameters, current, features, result, part));
            rows = result.AsMemory(0, count * outputs);
        }

        return rows;
    }

    /// <summary>Gradient with respect to the parameters, after a forward pass in the same workspace.</summary>
    /// <param name="parameters">As in the forward pass.</param>
    /// <param name="features">As in the forward pass.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="workspace">That of the forward pass.</param>
    /// <param name="embeddingGradient">count × d: gradient with respect to the embedding.</param>
    /// <param name="gradient">Receives <see cref="ParameterCount"/> values.</param>
    /// <param name="threads">Most threads to use.</param>
    public void Backward(
        float[] parameters, ReadOnlyMemory<float> features, int count, NetworkWorkspace workspace,
        float[] embeddingGradient, float[] gradient, int threads)
    {
        float[] outer = embeddingGradient;
        for (int layer = LayerCount - 1; layer >= 0; layer--)
        {
            int inputs = _widths[layer], outputs = _widths[layer + 1];
            var outerView = new MatrixView<float>(outer, count, outputs);
            ReadOnlyMemory<float> rows = layer > 0 ? workspace.Activations(layer) : features;
            MatrixProduct.Multiply(
                outerView.Transposed, new MatrixView<float>(rows, count, inputs),
                new MatrixTarget<float>(gradient.AsMemory(_offsets[layer], outputs * inputs), inputs), threads);
            SumRows(outer, count, gradient.AsSpan(_offsets[layer] + (outputs * inputs), outputs));
            if (layer > 0)
            {
                float[] inner = workspace.Gradients(layer);
                MatrixProduct.Multiply(
                    outerView, Weights(parameters, layer), new MatrixTarget<float>(inner, inputs), threads,
                    part => MultiplyBySlope(inner, rows, inputs, part));
                outer = inner;
            }
        }
    }

    private MatrixView<float> Weights(float[] parameters, int layer) => new(
        parameters.AsMemory(_offsets[layer], _widths[layer + 1] * _widths[layer]), _widths[layer + 1], _widths[layer]);

    private void Finish(
        float[] parameters, int layer, ReadOnlyMemory<float> features, float[] result, ProductPart part)
    {
        int outputs = _widths[layer + 1];
        bool last = layer == LayerCount - 1;
        ReadOnlySpan<float> bias = parameters.AsSpan(
            _offsets[layer] + (outputs * _widths[layer]) + part.Column, part.Columns);
        for (int row = part.Row; row < part.Row + part.Rows; row++)
        {
            int start = (row * outputs) + part.Column;
            Span<float> target = result.AsSpan(start, part.Columns);
            ActivationKernels.Finish(target, bias, last ? null : _options.Activation);
            if (last && _options.Skip == SkipConnection.Identity)
            {
                ActivationKernels.Add(target, features.Span.Slice(start, part.Columns));
            }
        }
    }

    private void MultiplyBySlope(float[] gradient, ReadOnlyMemory<float> activated, int width, ProductPart part)
    {
        for (int row = part.Row; row < part.Row + part.Rows; row++)
        {
            int start = (row * width) + part.Column;
            ActivationKernels.MultiplyBySlope(
                gradient.AsSpan(start, part.Columns), activated.Span.Slice(start, part.Columns), _options.Activation);
        }
    }

    private static void SumRows(ReadOnlySpan<float> rows, int count, Span<float> sums)
    {
        sums.Clear();
        for (int row = 0; row < count; row++)
        {
            ActivationKernels.Add(sums, rows.Slice(row * sums.Length, sums.Length));
        }
    }
}
