using DklActors.Torch.Tests.TestSupport;

namespace DklActors.Torch.Tests.Binding;

public sealed class DisposeScopeTests
{
    [TorchFact]
    public void A_scope_frees_what_was_made_in_it_and_nothing_else()
    {
        Tensor outside = torch.zeros([1]), inside, moved, kept;
        using (torch.NewDisposeScope())
        {
            using (torch.NewDisposeScope())
            {
                inside = torch.zeros([1]);
                moved = torch.zeros([1]).MoveToOuterDisposeScope();
                kept = torch.zeros([1]).DetachFromDisposeScope();
            }

            IsGone(inside).Should().BeTrue();
            IsGone(moved).Should().BeFalse();
        }

        IsGone(moved).Should().BeTrue();
        IsGone(kept).Should().BeFalse();
        IsGone(outside).Should().BeFalse();
        kept.Dispose();
        outside.Dispose();
    }

    [TorchFact]
    public void Scopes_close_from_within()
    {
        using var outer = torch.NewDisposeScope();
        using var inner = torch.NewDisposeScope();
        Action closing = outer.Dispose;
        closing.Should().Throw<InvalidOperationException>().WithMessage("*within*");
    }

    [TorchFact]
    public void A_thread_has_scopes_of_its_own()
    {
        using var scope = torch.NewDisposeScope();
        Tensor? made = null;
        var thread = new Thread(() => made = torch.zeros([1]));
        thread.Start();
        thread.Join();
        scope.Dispose();
        IsGone(made!).Should().BeFalse();
        made!.Dispose();
    }

    private static bool IsGone(Tensor tensor)
    {
        try
        {
            _ = tensor.dtype;
            return false;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }
}
