using DklActors.Torch.Tests.TestSupport;

namespace DklActors.Torch.Tests.Binding;

/// <summary>Operations against numbers that were worked out by hand.</summary>
public sealed class OperationTests : IDisposable
{
    private readonly DisposeScope _scope = TorchNeeded.ReasonToSkip is null ? torch.NewDisposeScope() : null!;

    public void Dispose() => _scope?.Dispose();

    [TorchFact]
    public void Values_go_there_and_back_row_by_row()
    {
        Tensor tensor = torch.tensor([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], [2, 3]);
        tensor.shape.Should().Equal(2, 3);
        tensor.dtype.Should().Be(float64);
        tensor.device.type.Should().Be(DeviceType.CPU);
        tensor.NumberOfElements.Should().Be(6);
        Values(tensor.t()).Should().Equal(1, 4, 2, 5, 3, 6);
        tensor.to(float32).data<float>().ToArray().Should().Equal(1, 2, 3, 4, 5, 6);
        torch.tensor([7L, 8L], [2]).data<long>().ToArray().Should().Equal(7, 8);
        torch.full([2], 0.5).data<float>().ToArray().Should().Equal(0.5f, 0.5f);
        torch.arange(3, 6).data<long>().ToArray().Should().Equal(3, 4, 5);
        Values(torch.eye(2, float64)).Should().Equal(1, 0, 0, 1);
        torch.tensor([2.5], [1]).item<double>().Should().Be(2.5);
        torch.ones([], torch.@bool).item<bool>().Should().BeTrue();
    }

    [TorchFact]
    public void What_was_copied_does_not_follow_the_array()
    {
        double[] values = [1.0, 2.0];
        Tensor tensor = torch.tensor(values, [2]);
        values[0] = 9.0;
        Values(tensor).Should().Equal(1, 2);
    }

    [TorchFact]
    public void Elements_are_computed_with_broadcasting()
    {
        Tensor column = torch.tensor([1.0, 2.0], [2, 1]), row = torch.tensor([10.0, 20.0], [1, 2]);
        Values(column + row).Should().Equal(11, 21, 12, 22);
        Values(row - column).Should().Equal(9, 19, 8, 18);
        Values(column * row).Should().Equal(10, 20, 20, 40);
        Values(row / column).Should().Equal(10, 20, 5, 10);
        Values(3.0 - column).Should().Equal(2, 1);
        Values(column + 1.0).Should().Equal(2, 3);
        Values(-column * 2.0).Should().Equal(-2, -4);
        Values(column / 4.0).Should().Equal(0.25, 0.5);
    }

    [TorchFact]
    public void Functions_have_the_values_of_the_textbook()
    {
        Tensor tensor = torch.tensor([-1.0, 0.0, 4.0], [3]);
        Values(tensor.exp()).Should().Equal(Math.Exp(-1), 1, Math.Exp(4));
        Values(tensor.abs().sqrt()).Should().Equal(1, 0, 2);
        Values(tensor.square()).Should().Equal(1, 0, 16);
        Values(tensor.clamp_max(1.0)).Should().Equal(-1, 0, 1);
        Values(nn.functional.relu(tensor)).Should().Equal(0, 0, 4);
        Values(nn.functional.tanh(tensor))[0].Should().BeApproximately(Math.Tanh(-1), 1e-15);
        Values(torch.tensor([1.0, Math.E], [2]).log()).Should().Equal(0, 1);
        tensor.sum().item<double>().Should().Be(3);
        Values(torch.tensor([1.0, 2.0, 3.0, 4.0], [2, 2]).sum(1)).Should().Equal(3, 7);
        torch.ones([2, 3]).sum(0, keepdim: true).shape.Should().Equal(1, 3);
    }

    [TorchFact]
    public void Conditions_choose_element_by_element()
    {
        Tensor tensor = torch.tensor([1.0, double.NaN, 3.0], [3]);
        Tensor isNumber = tensor.ne(tensor).logical_not();
        isNumber.data<bool>().ToArray().Should().Equal(true, false, true);
        Values(torch.where(isNumber, tensor, torch.zeros([3], float64))).Should().Equal(1, 0, 3);
        tensor.ge(2.0).logical_or_(isNumber.logical_not()).data<bool>().ToArray().Should().Equal(false, true, true);
        tensor.lt(torch.full([], 3.0, float64)).data<bool>().ToArray().Should().Equal(true, false, false);
        tensor.lt(2.0).lt(isNumber).data<bool>().ToArray().Should().Equal(false, false, true);
        Values(torch.ones([3], float64).KeepWhere(isNumber, tensor)).Should().Equal(1, 1, 3);
        Values(torch.ones([3], float64).masked_fill_(isNumber, 7.0)).Should().Equal(7, 1, 7);
        torch.dot(torch.tensor([1.0, 2.0], [2]), torch.tensor([3.0, 4.0], [2])).item<double>().Should().Be(11);
    }

    [TorchFact]
    public void Parts_can_be_taken_and_put_together()
    {
        Tensor tensor = torch.tensor([0.0, 1.0, 2.0, 3.0, 4.0, 5.0], [2, 3]);
        Tensor[] parts = tensor.reshape(6).split([1, 2, 3]);
        parts.Select(part => part.NumberOfElements).Should().Equal(1, 2, 3);
        Values(torch.cat([parts[2], parts[0]])).Should().Equal(3, 4, 5, 0);
        Values(torch.cat([tensor, tensor], 1)).Should().Equal(0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5);
        Values(tensor.index_select(1, torch.tensor([2L, 0L], [2]))).Should().Equal(2, 0, 5, 3);
        Values(tensor.take(torch.tensor([5L, 0L, 4L, 1L], [2, 2]))).Should().Equal(5, 0, 4, 1);
        Values(tensor.narrow(1, 1, 2)).Should().Equal(1, 2, 4, 5);
        tensor.unsqueeze(1).shape.Should().Equal(2, 1, 3);
        Values(tensor.narrow(1, 0, 2).diagonal()).Should().Equal(0, 4);
    }

    [TorchFact]
    public void A_tensor_is_changed_in_place_and_its_views_with_it()
    {
        Tensor tensor = torch.tensor([1.0, 2.0, 3.0, 4.0], [2, 2]);
        tensor.diagonal().add_(torch.full([2], 10.0, float64));
        Values(tensor).Should().Equal(11, 2, 3, 14);
        tensor.mul_(2.0).add_(1.0).sub_(torch.ones([2, 2], float64)).mul_(torch.full([], 0.5, float64));
        Values(tensor).Should().Equal(11, 2, 3, 14);
        tensor.add_(tensor.clone(), 2.0);
        Values(tensor).Should().Equal(33, 6, 9, 42);
        Tensor small = torch.tensor([1.0, 2.0], [2]);
        Values(small.addcmul_(small.clone(), small.clone(), -1.0)).Should().Equal(0, -2);
        Values(small.lerp_(torch.full([2], 4.0, float64), 0.25)).Should().Equal(1, -0.5);
        Values(small.copy_(torch.tensor([7.0, 8.0], [2]))).Should().Equal(7, 8);
    }

    [TorchFact]
    public void A_matrix_is_factorised_and_solved()
    {
        // [4 2; 2 5] = L·Lᵀ with L = [2 0; 1 2].
        Tensor matrix = torch.tensor([4.0, 2.0, 2.0, 5.0], [2, 2]);
        Values(linalg.cholesky(matrix)).Should().Equal(2, 0, 1, 2);
        (Tensor factor, Tensor info) = linalg.cholesky_ex(matrix);
        info.item<int>().Should().Be(0);
        Tensor right = torch.tensor([2.0, 9.0], [2, 1]);
        Values(linalg.solve_triangular(factor, right, upper: false)).Should().Equal(1, 4);
        Values(linalg.solve_triangular(factor.t(), right, upper: true)).Should().Equal(-1.25, 4.5);
        Values(torch.cholesky_solve(right, factor)).Should().Equal(-0.5, 2);
        Values(torch.matmul(torch.cholesky_inverse(factor), matrix)).Select(value => Math.Round(value, 14))
            .Should().Equal(1, 0, 0, 1);
        linalg.cholesky_ex(-matrix).info.item<int>().Should().Be(1);
    }

    [TorchFact]
    public void Distances_of_near_points_keep_their_digits()
    {
        Tensor points = torch.tensor([1e6, 0.0, 1e6 + 3e-3, 4e-3], [2, 2]);
        double[] distances = Values(torch.cdist(points, points, 2.0, compute_mode.donot_use_mm_for_euclid_dist));
        distances[0].Should().Be(0);
        distances[1].Should().BeApproximately(5e-3, 1e-9);
    }

    [TorchFact]
    public void A_backward_pass_gives_the_derivative()
    {
        // d/dw of Σ tanh(x·wᵀ + b)·g by the chain rule.
        var weight = nn.Parameter(torch.tensor([0.3, -0.2], [1, 2]));
        var bias = nn.Parameter(torch.tensor([0.1], [1]));
        Tensor input = torch.tensor([1.0, 2.0], [1, 2]);
        Tensor output = nn.functional.linear(input, weight, bias).tanh();
        output.backward([torch.full([1, 1], 3.0, float64)]);
        double inner = 0.3 - 0.4 + 0.1, slope = 3.0 * (1.0 - Math.Pow(Math.Tanh(inner), 2));
        Values(weight.grad!).Should().Equal(slope, 2.0 * slope);
        Values(bias.grad!).Should().Equal(slope);
        weight.grad = null;
        weight.grad.Should().BeNull();
        bias.requires_grad.Should().BeTrue();
        using (torch.no_grad())
        {
            (weight * 2.0).requires_grad.Should().BeFalse();
        }

        (weight * 2.0).requires_grad.Should().BeTrue();
        (weight * 2.0).detach().requires_grad.Should().BeFalse();
    }

    [TorchFact]
    public void Adam_takes_the_steps_of_its_paper()
    {
        var parameter = nn.Parameter(torch.tensor([1.0, -2.0], [2]));
        using Adam adam = optim.Adam([parameter], lr: 0.1, beta1: 0.9, beta2: 0.999, eps: 1e-8);
        double[] expected = [1.0, -2.0], first = [0.0, 0.0], second = [0.0, 0.0];
        for (int step = 1; step <= 20; step++)
        {
            adam.zero_grad();
            (parameter.square().sum() * 0.5).backward();
            adam.step();
            for (int i = 0; i < 2; i++)
            {
                double gradient = expected[i];
                first[i] = (0.9 * first[i]) + (0.1 * gradient);
                second[i] = (0.999 * second[i]) + (0.001 * gradient * gradient);
                double deviation = Math.Sqrt(second[i] / (1.0 - Math.Pow(0.999, step))) + 1e-8;
                expected[i] -= 0.1 * first[i] / (1.0 - Math.Pow(0.9, step)) / deviation;
            }
        }

        double[] found = Values(parameter.detach());
        found[0].Should().BeApproximately(expected[0], 1e-12);
        found[1].Should().BeApproximately(expected[1], 1e-12);
    }

    private static double[] Values(Tensor tensor) => tensor.data<double>().ToArray();
}
