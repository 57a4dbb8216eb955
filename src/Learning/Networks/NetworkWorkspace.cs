namespace DklActors.Learning.Networks;

/// <summary>Memory for the activations and gradients of so many rows, used again for every pass.</summary>
/// <param name="widths">Width of the input and of every layer.</param>
/// <param name="capacity">Most rows of a pass.</param>
internal sealed class NetworkWorkspace(ReadOnlySpan<int> widths, int capacity)
{
    private readonly float[][] _activations = Allocate(widths, capacity);
    private readonly float[][] _gradients = new float[widths.Length][];

    private float[] _features = [];

    /// <summary>Room for features that have to be put together; as long as its user makes it.</summary>
    public ref float[] Features => ref _features;

    /// <summary>What a layer gives, capacity × its width; layer 1 is the first.</summary>
    public float[] Activations(int layer) => _activations[layer];

    /// <summary>Slopes with respect to a hidden layer's sums; there is none before training asks for it.</summary>
    public float[] Gradients(int layer) => _gradients[layer] ??= new float[_activations[layer].Length];

    private static float[][] Allocate(ReadOnlySpan<int> widths, int capacity)
    {
        float[][] activations = new float[widths.Length][];
        for (int layer = 1; layer < widths.Length; layer++)
        {
            activations[layer] = new float[capacity * widths[layer]];
        }

        return activations;
    }
}
