using DklActors.Instruments.Ports;
using DklActors.Messages.Exposure;
using DklActors.Messages.Frames;

namespace DklActors.Instruments.Virtual;

/// <summary>
/// A detector that records what is under the probe while the beam is on. Its counting noise depends on seed, lease
/// and place alone, so that the order of measuring does not change a frame.
/// </summary>
/// <remarks>
/// <code>
/// Idle ──arm──► Armed ──expose──► Exposing ──► Exposed ──read out──► ReadingOut ──► Idle
///   ▲             └─arm again─┘       │            │                      │
///   └──────── any failure ────────────┴── arm ─────┴──────────────────────┘
/// </code>
/// </remarks>
internal sealed class VirtualDetector(
    VirtualColumn column, IFrameSource source, long seed, TimeSpan readout, TimeProvider time) : IDetector
{
    private enum State
    {
        Idle,
        Armed,
        Exposing,
        Exposed,
        ReadingOut,
    }

    private readonly Lock _gate = new();
    // Grows with the points of one run, and a microscope is made for one run.
    private readonly HashSet<string> _exposedLeases = new(StringComparer.Ordinal);
    private State _state;
    private ExposureLease? _current;
    private IReadOnlyList<BeamStay> _stays = [];

    public ValueTask ArmAsync(ExposureLease lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (_state is State.Exposing or State.ReadingOut)
            {
                throw new InstrumentException(
                    FaultClass.Transient,
                    $"The detector cannot be armed for {lease.Id} while it is {_state} for {_current!.Id};"
                    + " wait for it.");
            }

            if (_exposedLeases.Contains(lease.Id))
            {
                throw new InstrumentException(
                    FaultClass.Permanent,
                    $"The exposure {lease.Id} was made already; measure again under a new attempt.");
            }

            if (lease.Dwell <= TimeSpan.Zero)
            {
                throw new InstrumentException(
                    FaultClass.Permanent,
                    $"The exposure {lease.Id} has a dwell of {lease.Dwell}; give more than zero.");
            }

            _state = State.Armed;
            _current = lease;
        }

        return ValueTask.CompletedTask;
    }

    public async ValueTask ExposeAsync(ExposureLease lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);
        cancellationToken.ThrowIfCancellationRequested();
        Enter(State.Armed, State.Exposing, lease);
        bool completed = false;
        column.BeginExposure(lease.Dwell);
        try
        {
            await time.WaitAsync(lease.Dwell, cancellationToken).ConfigureAwait(false);
            completed = true;
        }
        finally
        {
            IReadOnlyList<BeamStay> recorded = column.EndExposure();
            lock (_gate)
            {
                _stays = completed ? recorded : [];
                _state = completed ? State.Exposed : State.Idle;
            }
        }
    }

    public async ValueTask<Frame> ReadOutAsync(ExposureLease lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);
        cancellationToken.ThrowIfCancellationRequested();
        Enter(State.Exposed, State.ReadingOut, lease);
        try
        {
            Frame frame = Record(lease);
            await time.WaitAsync(readout, cancellationToken).ConfigureAwait(false);
            return frame;
        }
        finally
        {
            lock (_gate)
            {
                _state = State.Idle;
            }
        }
    }

    private void Enter(State from, State to, ExposureLease lease)
    {
        lock (_gate)
        {
            if (_state != from || _current!.Id != lease.Id)
            {
                string found = _state == State.Idle ? "idle" : $"{_state} for {_current!.Id}";
                throw new InstrumentException(
                    FaultClass.Permanent,
                    $"The detector is {found}, so {lease.Id} cannot go on to {to}; arm, expose and read out in order.");
            }

            _state = to;
            if (to == State.Exposing)
            {
                _exposedLeases.Add(lease.Id);
            }
        }
    }

    private Frame Record(ExposureLease lease)
    {
        float[] counts = new float[source.FrameLength];
        SeededStream random = SeededStream.Of(seed, "counts").With(lease.Id);
        foreach (BeamStay stay in _stays)
        {
            source.AddExpected(stay.Place, stay.Duration, lease.Dwell, counts);
            random = random.With(stay.Place.Row).With(stay.Place.Column);
        }

        return source.ToMeasuredFrame(counts, ref random);
    }
}
