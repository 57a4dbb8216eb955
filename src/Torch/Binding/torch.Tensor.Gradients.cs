namespace DklActors.Torch.Binding;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Whether gradients gather here; of a leaf it can be set.</summary>
        public bool requires_grad
        {
            get => NativeMethods.dkl_requires_grad(Handle) != 0;
            set => TorchException.Check(NativeMethods.dkl_set_requires_grad(Handle, value ? 1 : 0));
        }

        /// <summary>What backward passes have gathered, or null.</summary>
        public Tensor? grad
        {
            get
            {
                nint gradient = NativeMethods.dkl_grad(Handle, out int failed);
                TorchException.Check(failed);
                return gradient == 0 ? null : Made(gradient);
            }

            set
            {
                if (value is null)
                {
                    TorchException.Check(NativeMethods.dkl_clear_grad(Handle));
                    return;
                }

                TorchException.Check(NativeMethods.dkl_set_grad(Handle, value.Handle));
            }
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor detach() => Made(NativeMethods.dkl_detach(Handle));

        public Tensor clone() => Made(NativeMethods.dkl_clone(Handle));

        /// <summary>Gradients of this with respect to the leaves that it was computed from.</summary>
        /// <param name="grad_tensors">
        /// One tensor, what this is multiplied by; null for a tensor of one element.
        /// </param>
        public void backward(IList<Tensor>? grad_tensors = null)
        {
            if (grad_tensors is null)
            {
                TorchException.Check(NativeMethods.dkl_backward(Handle));
                return;
            }

            TorchException.Check(NativeMethods.dkl_backward_from(Handle, grad_tensors.Single().Handle));
        }
    }
}
