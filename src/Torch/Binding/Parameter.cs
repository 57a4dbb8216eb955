namespace DklActors.Torch.Binding;

/// <summary>A tensor that an optimiser moves: a leaf, which gradients gather at.</summary>
public sealed class Parameter : torch.Tensor
{
    internal Parameter(torch.Tensor data, bool requires_grad)
        : base(NativeMethods.dkl_detach(data.Handle)) => this.requires_grad = requires_grad;
}
