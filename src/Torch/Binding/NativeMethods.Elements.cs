using System.Runtime.InteropServices;

namespace DklActors.Torch.Binding;

internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial nint dkl_add(TensorHandle left, TensorHandle right);

    [LibraryImport(Library)]
    internal static partial nint dkl_add_scalar(TensorHandle left, double right);

    [LibraryImport(Library)]
    internal static partial nint dkl_sub(TensorHandle left, TensorHandle right);

    [LibraryImport(Library)]
    internal static partial nint dkl_rsub_scalar(TensorHandle right, double left);

    [LibraryImport(Library)]
    internal static partial nint dkl_mul(TensorHandle left, TensorHandle right);

    [LibraryImport(Library)]
    internal static partial nint dkl_mul_scalar(TensorHandle left, double right);

    [LibraryImport(Library)]
    internal static partial nint dkl_div(TensorHandle left, TensorHandle right);

    [LibraryImport(Library)]
    internal static partial nint dkl_neg(TensorHandle tensor);

    [LibraryImport(Library)]
    internal static partial nint dkl_exp(TensorHandle tensor);

    [LibraryImport(Library)]
    internal static partial nint dkl_log(TensorHandle tensor);

    [LibraryImport(Library)]
    internal static partial nint dkl_sqrt(TensorHandle tensor);

    [LibraryImport(Library)]
    internal static partial nint dkl_square(TensorHandle tensor);

    [LibraryImport(Library)]
    internal static partial nint dkl_abs(TensorHandle tensor);

    [LibraryImport(Library)]
    internal static partial nint dkl_relu(TensorHandle tensor);

    [LibraryImport(Library)]
    internal static partial nint dkl_tanh(TensorHandle tensor);

    [LibraryImport(Library)]
    internal static partial nint dkl_clamp_max(TensorHandle tensor, double greatest);

    [LibraryImport(Library)]
    internal static partial nint dkl_lt(TensorHandle left, TensorHandle right);

    [LibraryImport(Library)]
    internal static partial nint dkl_ne(TensorHandle left, TensorHandle right);

    [LibraryImport(Library)]
    internal static partial nint dkl_lt_scalar(TensorHandle left, double right);

    [LibraryImport(Library)]
    internal static partial nint dkl_ge_scalar(TensorHandle left, double right);

    [LibraryImport(Library)]
    internal static partial nint dkl_logical_not(TensorHandle tensor);

    [LibraryImport(Library)]
    internal static partial nint dkl_where(TensorHandle condition, TensorHandle left, TensorHandle right);

    [LibraryImport(Library)]
    internal static partial nint dkl_sum(TensorHandle tensor);

    [LibraryImport(Library)]
    internal static partial nint dkl_sum_over(TensorHandle tensor, long dimension, int keep);

    [LibraryImport(Library)]
    internal static partial int dkl_add_(TensorHandle tensor, TensorHandle other, double factor);

    [LibraryImport(Library)]
    internal static partial int dkl_add_scalar_(TensorHandle tensor, double value);

    [LibraryImport(Library)]
    internal static partial int dkl_sub_(TensorHandle tensor, TensorHandle other);

    [LibraryImport(Library)]
    internal static partial int dkl_logical_or_(TensorHandle tensor, TensorHandle other);

    [LibraryImport(Library)]
    internal static partial int dkl_masked_fill_(TensorHandle tensor, TensorHandle mask, double value);

    [LibraryImport(Library)]
    internal static partial int dkl_keep_(TensorHandle tensor, TensorHandle condition, TensorHandle values);

    [LibraryImport(Library)]
    internal static partial int dkl_has_fused_adam();

    [LibraryImport(Library)]
    internal static partial int dkl_fused_adam_(
        TensorHandle parameter, TensorHandle gradient, TensorHandle first, TensorHandle second, TensorHandle steps,
        double rate, double firstDecay, double secondDecay, double epsilon);

    [LibraryImport(Library)]
    internal static partial int dkl_mul_(TensorHandle tensor, TensorHandle other);

    [LibraryImport(Library)]
    internal static partial int dkl_mul_scalar_(TensorHandle tensor, double value);

    [LibraryImport(Library)]
    internal static partial int dkl_addcmul_(TensorHandle tensor, TensorHandle left, TensorHandle right, double factor);

    [LibraryImport(Library)]
    internal static partial int dkl_lerp_(TensorHandle tensor, TensorHandle end, double weight);

    [LibraryImport(Library)]
    internal static partial int dkl_copy_(TensorHandle tensor, TensorHandle source);
}
