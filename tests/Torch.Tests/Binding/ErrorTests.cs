using System.Runtime.InteropServices;
using DklActors.Torch.Tests.TestSupport;

namespace DklActors.Torch.Tests.Binding;

public sealed class ErrorTests
{
    [TorchFact]
    public void What_libtorch_refuses_is_an_exception_with_its_message()
    {
        using var scope = torch.NewDisposeScope();
        Tensor left = torch.zeros([2, 3]), right = torch.zeros([2, 3]);
        Refused(() => torch.matmul(left, right), "*mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)*");
        Refused(() => left.index_select(0, torch.tensor([5L], [1])), "*out of range*");
        Refused(() => linalg.cholesky(-torch.eye(3)), "*not positive-definite*");
        Refused(() => left.reshape(7), "*shape*invalid*");
        Refused(() => torch.zeros([-1]), "*negative*");
        Refused(() => left.backward(), "*does not require grad*");
        Refused(() => left.data<double>().ToArray(), "*Float was read as Double*");
        Refused(() => torch.zeros([2, 2]).item<double>(), "*4 elements cannot be converted*");
        Refused(() => left.add_(torch.zeros([5])), "*must match*");
    }

    [TorchFact]
    public void The_shape_has_to_fit_the_values()
    {
        Action creation = () => torch.tensor([1.0, 2.0], [3]);
        creation.Should().Throw<ArgumentException>().WithMessage("2 values*[3]*");
    }

    [TorchFact]
    public void A_tensor_that_is_gone_is_not_used()
    {
        Tensor tensor = torch.zeros([2]);
        tensor.Dispose();
        tensor.Dispose();
        Action use = () => _ = tensor + 1.0;
        use.Should().Throw<ObjectDisposedException>();
    }

    [TorchTheory]
    [InlineData("gpu")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cpu:0:1")]
    [InlineData("")]
    public void A_device_that_is_none_is_refused(string description)
    {
        Action creation = () => torch.device(description);
        creation.Should().Throw<ArgumentException>().WithMessage($"*'{description}'*cuda:0*");
    }

    [TorchFact]
    public void Messages_are_each_threads_own()
    {
        using var scope = torch.NewDisposeScope();
        Tensor left = torch.zeros([2, 3]);
        Parallel.For(2, 40, width =>
        {
            using Tensor right = torch.zeros([width + 2, 1]);
            Action product = () => torch.matmul(left, right);
            product.Should().Throw<ExternalException>().WithMessage($"*(2x3 and {width + 2}x1)*");
        });
    }

    private static void Refused(Action action, string message) =>
        action.Should().Throw<ExternalException>().WithMessage(message);
}
