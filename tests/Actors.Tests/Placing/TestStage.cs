using DklActors.Instruments.Ports;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Actors.Tests.Placing;

/// <summary>A stage that goes where it is sent, unless a test has it otherwise.</summary>
internal sealed class TestStage : ISampleStage
{
    public StagePosition At { get; set; }

    public List<StagePosition> Moves { get; } = [];

    /// <summary>Called instead of moving; call the action to move after all.</summary>
    public Func<Action, Task> OnMove { get; set; } = move =>
    {
        move();
        return Task.CompletedTask;
    };

    /// <summary>Called with where it is; says where it claims to be.</summary>
    public Func<StagePosition, StagePosition> OnReadBack { get; set; } = place => place;

    /// <summary>Where it is to stay, as it was told last.</summary>
    public (StagePosition Place, Nanometre Tolerance)? Watched { get; private set; }

    public StageLimits Limits { get; set; } =
        new(new Nanometre(-5000), new Nanometre(5000), new Nanometre(-5000), new Nanometre(5000));

    public ValueTask MoveAsync(StagePosition target, CancellationToken cancellationToken)
    {
        Moves.Add(target);
        return new ValueTask(OnMove(() => At = target));
    }

    public ValueTask<StagePosition> ReadBackAsync(CancellationToken cancellationToken) => new(OnReadBack(At));

    public void Watch(StagePosition place, Nanometre tolerance) => Watched = (place, tolerance);
}
