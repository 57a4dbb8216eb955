namespace DklActors.Torch.Binding;

/// <summary>
/// Adam with bias correction (Kingma and Ba 2015). The number of steps is kept on the device too, so that a step reads
/// nothing from there and can be recorded once and done again.
/// </summary>
public sealed class Adam : IDisposable
{
    private readonly Moving[] _moving;
    private readonly double _rate;
    private readonly double _firstDecay;
    private readonly double _secondDecay;
    private readonly double _epsilon;

    internal Adam(IEnumerable<Parameter> parameters, double rate, double firstDecay, double secondDecay, double epsilon)
    {
        (_rate, _firstDecay, _secondDecay, _epsilon) = (rate, firstDecay, secondDecay, epsilon);
        _moving = [.. parameters.Select(static parameter => new Moving(parameter))];
    }

    /// <summary>Moves every parameter that has a gradient.</summary>
    public void step()
    {
        using var silent = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        foreach (Moving moving in _moving)
        {
            if (moving.Parameter.grad is { } gradient)
            {
                Step(moving, gradient);
            }
        }
    }

    /// <summary>Forgets the gradients.</summary>
    public void zero_grad()
    {
        foreach (Moving moving in _moving)
        {
            moving.Parameter.grad = null;
        }
    }

    public void Dispose()
    {
        foreach (Moving moving in _moving)
        {
            moving.Dispose();
        }
    }

    // With c₁ = 1 − β₁ᵗ and c₂ = 1 − β₂ᵗ: p −= r/c₁·m/(√(v/c₂) + ε) = r·√c₂/c₁·m/(√v + ε·√c₂).
    private void Step(Moving moving, torch.Tensor gradient)
    {
        if (moving.Steps is { } steps)
        {
            TorchException.Check(NativeMethods.dkl_fused_adam_(
                moving.Parameter.Handle, gradient.Handle, moving.First.Handle, moving.Second.Handle, steps.Handle,
                _rate, _firstDecay, _secondDecay, _epsilon));
            return;
        }

        moving.First.lerp_(gradient, 1.0 - _firstDecay);
        moving.Second.mul_(_secondDecay).addcmul_(gradient, gradient, 1.0 - _secondDecay);
        moving.FirstPower.mul_(_firstDecay);
        moving.SecondPower.mul_(_secondDecay);
        torch.Tensor root = (1.0 - moving.SecondPower).sqrt();

        // In the parameter's own type: libtorch is slow where it has to convert on the way.
        torch.Tensor factor = (root * _rate / (1.0 - moving.FirstPower)).to(gradient.dtype);
        torch.Tensor deviation = moving.Second.sqrt().add_((root * _epsilon).to(gradient.dtype));
        moving.Parameter.sub_((moving.First / deviation).mul_(factor));
    }

    private sealed class Moving : IDisposable
    {
        public Moving(Parameter parameter)
        {
            Parameter = parameter;
            First = torch.zeros(parameter.shape, parameter.dtype, parameter.device).DetachFromDisposeScope();
            Second = torch.zeros(parameter.shape, parameter.dtype, parameter.device).DetachFromDisposeScope();
            FirstPower = torch.ones([], torch.float64, parameter.device).DetachFromDisposeScope();
            SecondPower = torch.ones([], torch.float64, parameter.device).DetachFromDisposeScope();
            Steps = parameter.device.type == DeviceType.CUDA && NativeMethods.dkl_has_fused_adam() != 0
                ? torch.zeros([], torch.float32, parameter.device).DetachFromDisposeScope() : null;
        }

        public Parameter Parameter { get; }

        public torch.Tensor First { get; }

        public torch.Tensor Second { get; }

        /// <summary>β₁ᵗ after t steps.</summary>
        public torch.Tensor FirstPower { get; }

        public torch.Tensor SecondPower { get; }

        /// <summary>How many there were, where libtorch takes them in one operation.</summary>
        public torch.Tensor? Steps { get; }

        public void Dispose()
        {
            First.Dispose();
            Second.Dispose();
            FirstPower.Dispose();
            SecondPower.Dispose();
            Steps?.Dispose();
        }
    }
}
