using DklActors.Torch.Runtimes;

namespace DklActors.Torch.Binding;

/// <summary>A CUDA graph: operations that were recorded once, on tensors that keep their places.</summary>
internal sealed class DeviceGraph : IRecordedStep
{
    private readonly nint _graph;
    private bool _disposed;

    private DeviceGraph(nint graph) => _graph = graph;

    /// <summary>Records what a step tells this thread's stream, without doing it.</summary>
    /// <returns>
    /// Null where libtorch or one of the operations cannot be recorded: the step has then to be told every time.
    /// </returns>
    public static DeviceGraph? TryRecord(Action step)
    {
        nint graph = NativeMethods.dkl_has_graphs() != 0 ? NativeMethods.dkl_graph_begin() : 0;
        if (graph == 0)
        {
            return null;
        }

        bool isWhole = false;
        try
        {
            step();
            isWhole = true;
        }
        catch (TorchException)
        {
            // An operation that waits for the device is refused while recording; the recording has to be ended still.
        }

        if (NativeMethods.dkl_graph_end(graph) == 0 && isWhole)
        {
            return new DeviceGraph(graph);
        }

        NativeMethods.dkl_graph_free(graph);
        return null;
    }

    public void Replay() => TorchException.Check(NativeMethods.dkl_graph_replay(_graph));

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            NativeMethods.dkl_graph_free(_graph);
        }
    }
}
