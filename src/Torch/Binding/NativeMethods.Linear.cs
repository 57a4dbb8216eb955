using System.Runtime.InteropServices;

namespace DklActors.Torch.Binding;

internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial nint dkl_reshape(TensorHandle tensor, ReadOnlySpan<long> shape, int dimensions);

    [LibraryImport(Library)]
    internal static partial nint dkl_t(TensorHandle tensor);

    [LibraryImport(Library)]
    internal static partial nint dkl_unsqueeze(TensorHandle tensor, long dimension);

    [LibraryImport(Library)]
    internal static partial nint dkl_narrow(TensorHandle tensor, long dimension, long start, long length);

    [LibraryImport(Library)]
    internal static partial int dkl_split(
        TensorHandle tensor, ReadOnlySpan<long> lengths, int count, long dimension, Span<nint> parts);

    [LibraryImport(Library)]
    internal static partial nint dkl_cat(ReadOnlySpan<nint> tensors, int count, long dimension);

    [LibraryImport(Library)]
    internal static partial nint dkl_index_select(TensorHandle tensor, long dimension, TensorHandle indices);

    [LibraryImport(Library)]
    internal static partial nint dkl_take(TensorHandle tensor, TensorHandle indices);

    [LibraryImport(Library)]
    internal static partial nint dkl_diagonal(TensorHandle tensor);

    [LibraryImport(Library)]
    internal static partial nint dkl_matmul(TensorHandle left, TensorHandle right);

    [LibraryImport(Library)]
    internal static partial nint dkl_dot(TensorHandle left, TensorHandle right);

    [LibraryImport(Library)]
    internal static partial nint dkl_linear(TensorHandle input, TensorHandle weight, TensorHandle bias);

    [LibraryImport(Library)]
    internal static partial nint dkl_cdist(TensorHandle left, TensorHandle right, double power, long mode);

    [LibraryImport(Library)]
    internal static partial nint dkl_cholesky(TensorHandle matrix);

    [LibraryImport(Library)]
    internal static partial nint dkl_cholesky_ex(TensorHandle matrix, out nint info);

    [LibraryImport(Library)]
    internal static partial nint dkl_cholesky_inverse(TensorHandle factor);

    [LibraryImport(Library)]
    internal static partial nint dkl_cholesky_solve(TensorHandle right, TensorHandle factor);

    [LibraryImport(Library)]
    internal static partial nint dkl_solve_triangular(TensorHandle matrix, TensorHandle right, int upper);

    [LibraryImport(Library)]
    internal static partial int dkl_set_requires_grad(TensorHandle tensor, int required);

    [LibraryImport(Library)]
    internal static partial int dkl_requires_grad(TensorHandle tensor);

    [LibraryImport(Library)]
    internal static partial nint dkl_grad(TensorHandle tensor, out int failed);

    [LibraryImport(Library)]
    internal static partial int dkl_set_grad(TensorHandle tensor, TensorHandle gradient);

    [LibraryImport(Library)]
    internal static partial int dkl_clear_grad(TensorHandle tensor);

    [LibraryImport(Library)]
    internal static partial int dkl_backward(TensorHandle tensor);

    [LibraryImport(Library)]
    internal static partial int dkl_backward_from(TensorHandle tensor, TensorHandle gradient);

    [LibraryImport(Library)]
    internal static partial nint dkl_detach(TensorHandle tensor);

    [LibraryImport(Library)]
    internal static partial nint dkl_clone(TensorHandle tensor);

    [LibraryImport(Library)]
    internal static partial int dkl_set_grad_mode(int enabled);
}
