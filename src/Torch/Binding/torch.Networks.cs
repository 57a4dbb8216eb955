namespace DklActors.Torch.Binding;

public static partial class torch
{
    public static class nn
    {
        /// <summary>A tensor that an optimiser moves.</summary>
        public static Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);

        public static class functional
        {
            /// <summary>input·weightᵀ + bias.</summary>
            public static Tensor linear(Tensor input, Tensor weights, Tensor bias) =>
                Tensor.Made(NativeMethods.dkl_linear(input.Handle, weights.Handle, bias.Handle));

            public static Tensor relu(Tensor x) => Tensor.Made(NativeMethods.dkl_relu(x.Handle));

            public static Tensor tanh(Tensor x) => x.tanh();
        }
    }

    public static class optim
    {
        /// <summary>Adam with bias correction (Kingma and Ba 2015).</summary>
        public static Adam Adam(
            IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.99,
            double eps = 1e-8) => new(parameters, lr, beta1, beta2, eps);
    }
}
