namespace DklActors.Torch.Binding;

public static partial class torch
{
    public partial class Tensor
    {
        public static Tensor operator +(Tensor left, Tensor right) =>
            Made(NativeMethods.dkl_add(left.Handle, right.Handle));

        public static Tensor operator +(Tensor left, double right) =>
            Made(NativeMethods.dkl_add_scalar(left.Handle, right));

        public static Tensor operator +(double left, Tensor right) => right + left;

        public static Tensor operator -(Tensor left, Tensor right) =>
            Made(NativeMethods.dkl_sub(left.Handle, right.Handle));

        public static Tensor operator -(Tensor left, double right) => left + -right;

        public static Tensor operator -(double left, Tensor right) =>
            Made(NativeMethods.dkl_rsub_scalar(right.Handle, left));

        public static Tensor operator -(Tensor tensor) => Made(NativeMethods.dkl_neg(tensor.Handle));

        public static Tensor operator *(Tensor left, Tensor right) =>
            Made(NativeMethods.dkl_mul(left.Handle, right.Handle));

        public static Tensor operator *(Tensor left, double right) =>
            Made(NativeMethods.dkl_mul_scalar(left.Handle, right));

        public static Tensor operator *(double left, Tensor right) => right * left;

        public static Tensor operator /(Tensor left, Tensor right) =>
            Made(NativeMethods.dkl_div(left.Handle, right.Handle));

        public static Tensor operator /(Tensor left, double right) => left * (1.0 / right);

        public Tensor exp() => Made(NativeMethods.dkl_exp(Handle));

        public Tensor log() => Made(NativeMethods.dkl_log(Handle));

        public Tensor sqrt() => Made(NativeMethods.dkl_sqrt(Handle));

        public Tensor square() => Made(NativeMethods.dkl_square(Handle));

        public Tensor abs() => Made(NativeMethods.dkl_abs(Handle));

        public Tensor tanh() => Made(NativeMethods.dkl_tanh(Handle));

        public Tensor clamp_max(Scalar max) => Made(NativeMethods.dkl_clamp_max(Handle, max.Value));

        public Tensor lt(Tensor target) => Made(NativeMethods.dkl_lt(Handle, target.Handle));

        public Tensor ne(Tensor target) => Made(NativeMethods.dkl_ne(Handle, target.Handle));

        public Tensor lt(Scalar target) => Made(NativeMethods.dkl_lt_scalar(Handle, target.Value));

        public Tensor ge(Scalar target) => Made(NativeMethods.dkl_ge_scalar(Handle, target.Value));

        public Tensor logical_not() => Made(NativeMethods.dkl_logical_not(Handle));

        public Tensor sum() => Made(NativeMethods.dkl_sum(Handle));

        public Tensor sum(long dim, bool keepdim = false) =>
            Made(NativeMethods.dkl_sum_over(Handle, dim, keepdim ? 1 : 0));

        public Tensor logical_or_(Tensor other) => Changed(NativeMethods.dkl_logical_or_(Handle, other.Handle));

        public Tensor masked_fill_(Tensor mask, Scalar value) =>
            Changed(NativeMethods.dkl_masked_fill_(Handle, mask.Handle, value.Value));

        public Tensor add_(Tensor target) => add_(target, 1.0);

        public Tensor add_(Tensor target, Scalar alpha) =>
            Changed(NativeMethods.dkl_add_(Handle, target.Handle, alpha.Value));

        public Tensor add_(Scalar scalar) => Changed(NativeMethods.dkl_add_scalar_(Handle, scalar.Value));

        public Tensor sub_(Tensor target) => Changed(NativeMethods.dkl_sub_(Handle, target.Handle));

        public Tensor mul_(Tensor target) => Changed(NativeMethods.dkl_mul_(Handle, target.Handle));

        public Tensor mul_(Scalar target) => Changed(NativeMethods.dkl_mul_scalar_(Handle, target.Value));

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Changed(NativeMethods.dkl_addcmul_(Handle, tensor1.Handle, tensor2.Handle, value.Value));

        public Tensor lerp_(Tensor end, Scalar weight) =>
            Changed(NativeMethods.dkl_lerp_(Handle, end.Handle, weight.Value));

        public Tensor copy_(Tensor source) => Changed(NativeMethods.dkl_copy_(Handle, source.Handle));

        /// <summary>Takes over the values where the condition holds; not a name of TorchSharp's.</summary>
        internal Tensor KeepWhere(Tensor condition, Tensor values) =>
            Changed(NativeMethods.dkl_keep_(Handle, condition.Handle, values.Handle));

        private Tensor Changed(int code)
        {
            TorchException.Check(code);
            return this;
        }
    }
}
