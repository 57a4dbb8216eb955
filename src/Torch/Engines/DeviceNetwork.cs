using DklActors.Learning.Networks;

namespace DklActors.Torch.Engines;

/// <summary>The embedding network of the managed engine, with its parameters in the same one vector.</summary>
internal sealed class DeviceNetwork
{
    private readonly int[] _widths;
    private readonly long[] _lengths;
    private readonly Activation _activation;
    private readonly bool _addsFeatures;

    public DeviceNetwork(EmbeddingNetwork network, NetworkOptions options)
    {
        _widths = network.Widths.ToArray();
        _activation = options.Activation;
        _addsFeatures = options.Skip == SkipConnection.Identity;
        _lengths = new long[2 * LayerCount];
        for (int layer = 0; layer < LayerCount; layer++)
        {
            _lengths[2 * layer] = (long)_widths[layer + 1] * _widths[layer];
            _lengths[(2 * layer) + 1] = _widths[layer + 1];
        }
    }

    private int LayerCount => _widths.Length - 1;

    /// <param name="parameters">P values: for each layer the weights (out × in), then the biases.</param>
    /// <param name="features">n × F.</param>
    /// <returns>The embedding, n × d; the features themselves where there is no network.</returns>
    public Tensor Forward(Tensor parameters, Tensor features)
    {
        if (LayerCount == 0)
        {
            return features;
        }

        // Split in one operation, whose gradient is put together in one as well.
        Tensor[] parts = parameters.split(_lengths);
        Tensor rows = features;
        for (int layer = 0; layer < LayerCount; layer++)
        {
            Tensor weights = parts[2 * layer].reshape(_widths[layer + 1], _widths[layer]);
            rows = nn.functional.linear(rows, weights, parts[(2 * layer) + 1]);
            if (layer < LayerCount - 1)
            {
                rows = _activation == Activation.Relu ? nn.functional.relu(rows) : rows.tanh();
            }
        }

        return _addsFeatures ? rows + features : rows;
    }
}
