namespace DklActors.Torch.Binding;

/// <summary>
/// Frees the tensors that this thread made since it was opened, but for those that were moved out of it. Scopes nest,
/// and the innermost open one of the thread gets each new tensor.
/// </summary>
public sealed class DisposeScope : IDisposable
{
    // Of this thread.
    [ThreadStatic]
    private static DisposeScope? Last;

    private readonly DisposeScope? _outer;
    private readonly List<torch.Tensor> _tensors = [];
    private bool _disposed;

    internal DisposeScope()
    {
        _outer = Last;
        Last = this;
    }

    internal static DisposeScope? Innermost => Last;

    internal DisposeScope? Outer => _outer;

    /// <exception cref="InvalidOperationException">A scope that was opened later is still open.</exception>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        if (Last != this)
        {
            throw new InvalidOperationException("A dispose scope was closed before one that was opened within it.");
        }

        _disposed = true;
        Last = _outer;
        foreach (torch.Tensor tensor in _tensors)
        {
            tensor.DisposeWith(this);
        }
    }

    internal void Add(torch.Tensor tensor) => _tensors.Add(tensor);
}
