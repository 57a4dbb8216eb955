namespace DklActors.Torch.Binding;

public static partial class torch
{
    public static Tensor matmul(Tensor input, Tensor target) =>
        Tensor.Made(NativeMethods.dkl_matmul(input.Handle, target.Handle));

    /// <summary>Sum of the products of two vectors' elements.</summary>
    public static Tensor dot(Tensor input, Tensor target) =>
        Tensor.Made(NativeMethods.dkl_dot(input.Handle, target.Handle));

    public static Tensor where(Tensor condition, Tensor x, Tensor y) =>
        Tensor.Made(NativeMethods.dkl_where(condition.Handle, x.Handle, y.Handle));

    public static Tensor cat(IList<Tensor> tensors, long dim = 0)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        nint[] handles = [.. tensors.Select(static tensor => tensor.Handle.DangerousGetHandle())];
        var joined = Tensor.Made(NativeMethods.dkl_cat(handles, handles.Length, dim));
        GC.KeepAlive(tensors);
        return joined;
    }

    public static Tensor cdist(
        Tensor x1, Tensor x2, double p = 2.0,
        compute_mode compute_mode = compute_mode.use_mm_for_euclid_dist_if_necessary) =>
        Tensor.Made(NativeMethods.dkl_cdist(x1.Handle, x2.Handle, p, (long)compute_mode));

    /// <param name="input">L of a Cholesky factorisation, lower.</param>
    /// <returns>(L·Lᵀ)⁻¹.</returns>
    public static Tensor cholesky_inverse(Tensor input) =>
        Tensor.Made(NativeMethods.dkl_cholesky_inverse(input.Handle));

    /// <param name="input">Right-hand sides, n × k.</param>
    /// <param name="input2">L of a Cholesky factorisation, lower.</param>
    public static Tensor cholesky_solve(Tensor input, Tensor input2) =>
        Tensor.Made(NativeMethods.dkl_cholesky_solve(input.Handle, input2.Handle));

    /// <summary>Nothing that this thread computes until it is disposed of takes part in gradients.</summary>
    public static IDisposable no_grad() => new GradMode(enabled: false);

    public static DisposeScope NewDisposeScope() => new();

    /// <summary>Threads of one operation, in the whole process.</summary>
    public static void set_num_threads(int num)
    {
        TorchLibrary.Require();
        TorchException.Check(NativeMethods.dkl_set_threads(num));
    }

    public static int get_num_threads()
    {
        TorchLibrary.Require();
        return NativeMethods.dkl_threads();
    }

    public static class linalg
    {
        /// <exception cref="TorchException">The matrix is not positive definite.</exception>
        public static Tensor cholesky(Tensor input) => Tensor.Made(NativeMethods.dkl_cholesky(input.Handle));

        /// <returns>L, and a tensor of int32 that is 0 where the matrix was positive definite.</returns>
        public static (Tensor L, Tensor info) cholesky_ex(Tensor input)
        {
            var factor = Tensor.Made(NativeMethods.dkl_cholesky_ex(input.Handle, out nint info));
            return (factor, Tensor.Made(info));
        }

        /// <summary>X of A·X = B, where A is triangular.</summary>
        public static Tensor solve_triangular(Tensor A, Tensor B, bool upper) =>
            Tensor.Made(NativeMethods.dkl_solve_triangular(A.Handle, B.Handle, upper ? 1 : 0));
    }

    public static class cuda
    {
        public static bool is_available() => device_count() > 0;

        public static int device_count()
        {
            TorchLibrary.Require();
            return NativeMethods.dkl_cuda_devices();
        }
    }

    private sealed class GradMode : IDisposable
    {
        private readonly int _before;

        public GradMode(bool enabled)
        {
            TorchLibrary.Require();
            _before = NativeMethods.dkl_set_grad_mode(enabled ? 1 : 0);
        }

        public void Dispose() => _ = NativeMethods.dkl_set_grad_mode(_before);
    }
}
