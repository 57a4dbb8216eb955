using DklActors.Learning.Acquisition;

namespace DklActors.Actors.Tests.Support;

/// <summary>An acquisition function that throws at its first decision.</summary>
internal sealed class FailingOnce(IAcquisitionFunction inner) : IAcquisitionFunction
{
    private int _calls;

    public string Identity => inner.Identity;

    public void Score(AcquisitionInput input, Span<double> scores)
    {
        if (Interlocked.Increment(ref _calls) == 1)
        {
            throw new InvalidOperationException("a bug in a plug-in");
        }

        inner.Score(input, scores);
    }
}
