using System.Runtime.InteropServices;

namespace DklActors.Torch.Binding;

/// <summary>The C interface of <c>native/torch</c>, function by function.</summary>
/// <remarks>One that gives a tensor gives 0 where it failed, one that does something gives 1.</remarks>
internal static partial class NativeMethods
{
    private const string Library = TorchLibrary.Name;

    [LibraryImport(Library)]
    internal static partial int dkl_interface();

    [LibraryImport(Library)]
    internal static partial nint dkl_torch_version();

    [LibraryImport(Library)]
    internal static partial nint dkl_last_error();

    [LibraryImport(Library)]
    internal static partial long dkl_live_tensors();

    [LibraryImport(Library)]
    internal static partial void dkl_free(nint tensor);

    [LibraryImport(Library)]
    internal static partial int dkl_threads();

    [LibraryImport(Library)]
    internal static partial int dkl_set_threads(int count);

    [LibraryImport(Library)]
    internal static partial int dkl_set_flush_denormal(int flush);

    [LibraryImport(Library)]
    internal static partial int dkl_cuda_devices();

    [LibraryImport(Library)]
    internal static partial int dkl_enter_stream(int index, Span<long> before);

    [LibraryImport(Library)]
    internal static partial int dkl_leave_stream(ReadOnlySpan<long> before);

    [LibraryImport(Library)]
    internal static partial int dkl_has_graphs();

    [LibraryImport(Library)]
    internal static partial nint dkl_graph_begin();

    [LibraryImport(Library)]
    internal static partial int dkl_graph_end(nint graph);

    [LibraryImport(Library)]
    internal static partial int dkl_graph_replay(nint graph);

    [LibraryImport(Library)]
    internal static partial void dkl_graph_free(nint graph);

    [LibraryImport(Library)]
    internal static partial nint dkl_from(
        ReadOnlySpan<byte> values, ReadOnlySpan<long> shape, int dimensions, int type, int kind, int index);

    [LibraryImport(Library)]
    internal static partial nint dkl_full(
        double value, ReadOnlySpan<long> shape, int dimensions, int type, int kind, int index);

    [LibraryImport(Library)]
    internal static partial nint dkl_eye(long order, int type, int kind, int index);

    [LibraryImport(Library)]
    internal static partial nint dkl_arange(long start, long stop, int type, int kind, int index);

    [LibraryImport(Library)]
    internal static partial int dkl_read(TensorHandle tensor, Span<byte> target, long bytes, int type);

    [LibraryImport(Library)]
    internal static partial int dkl_item(TensorHandle tensor, out double value);

    [LibraryImport(Library)]
    internal static partial nint dkl_to(TensorHandle tensor, int type, int kind, int index);

    [LibraryImport(Library)]
    internal static partial int dkl_type(TensorHandle tensor);

    [LibraryImport(Library)]
    internal static partial int dkl_dimensions(TensorHandle tensor);

    [LibraryImport(Library)]
    internal static partial long dkl_size(TensorHandle tensor, int dimension);

    [LibraryImport(Library)]
    internal static partial void dkl_device(TensorHandle tensor, out int kind, out int index);
}
