namespace DklActors.Torch.Binding;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor reshape(params ReadOnlySpan<long> shape) =>
            Made(NativeMethods.dkl_reshape(Handle, shape, shape.Length));

        public Tensor t() => Made(NativeMethods.dkl_t(Handle));

        public Tensor unsqueeze(long dim) => Made(NativeMethods.dkl_unsqueeze(Handle, dim));

        public Tensor narrow(long dim, long start, long length) =>
            Made(NativeMethods.dkl_narrow(Handle, dim, start, length));

        /// <summary>Parts of given sizes, which have to add up.</summary>
        public Tensor[] split(long[] split_sizes, long dim = 0)
        {
            ArgumentNullException.ThrowIfNull(split_sizes);
            nint[] parts = new nint[split_sizes.Length];
            TorchException.Check(NativeMethods.dkl_split(Handle, split_sizes, split_sizes.Length, dim, parts));
            return Array.ConvertAll(parts, Made);
        }

        public Tensor index_select(long dim, Tensor index) =>
            Made(NativeMethods.dkl_index_select(Handle, dim, index.Handle));

        /// <summary>Elements of the tensor as if it had one dimension, in the shape of the indices.</summary>
        public Tensor take(Tensor index) => Made(NativeMethods.dkl_take(Handle, index.Handle));

        public Tensor diagonal() => Made(NativeMethods.dkl_diagonal(Handle));
    }
}
