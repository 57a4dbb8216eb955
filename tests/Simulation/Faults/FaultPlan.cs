namespace DklActors.Simulation.Faults;

/// <summary>
/// Which faults a world has and how often: drawn from its seed, a few kinds in each world, so that worlds differ in
/// what they try and rare combinations come up. After so many faults, nothing goes wrong any more.
/// </summary>
internal sealed class FaultPlan
{
    private const int MostFaults = 40;

    // Asked for again and again while a run goes on: as often as the others they would use up the faults of a world.
    private static readonly FaultKind[] Frequent =
    [
        FaultKind.BlankFailsOnce, FaultKind.ObserverThrows, FaultKind.WallClockJumps, FaultKind.ConditionCheckThrows,
        FaultKind.PersonPauses, FaultKind.PersonStops, FaultKind.PersonAborts, FaultKind.JournalFailsBefore,
        FaultKind.JournalFailsAfter, FaultKind.JournalStalls, FaultKind.DiskIsFull, FaultKind.JournalReadFails,
        FaultKind.BeamCurrentFails, FaultKind.PersonPausesHard, FaultKind.PersonHalts,
        FaultKind.PersonChangesScalarizer, FaultKind.PersonChangesAcquisition, FaultKind.PersonChangesRegion,
        FaultKind.PersonExcludesArea,
    ];

    private readonly SeededChoice _choice;
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly Dictionary<FaultKind, double> _rates = [];
    private readonly SortedDictionary<FaultKind, int> _happened = [];
    private int _left;

    public FaultPlan(ulong seed)
    {
        _choice = new SeededChoice(seed ^ 0xFA117);
        _left = _choice.Below(MostFaults);
        var share = _choice.Fraction() * _choice.Fraction();
        foreach (var kind in Enum.GetValues<FaultKind>())
        {
            if (_choice.Chance(share))
            {
                double rate = Math.Pow(10, -0.3 - (1.5 * _choice.Fraction()));
                _rates[kind] = Frequent.Contains(kind) ? rate / 8 : rate;
            }
        }
    }

    /// <summary>Draws that belong to no fault: durations, noise of the world.</summary>
    public SeededChoice Choice
    {
        get
        {
            // A draw at a moment that the seed does not decide would make every later one another.
            LeftTheThread |= Environment.CurrentManagedThreadId != _thread;
            return _choice;
        }
    }

    /// <summary>Whether something of this world ran on another thread.</summary>
    public bool LeftTheThread { get; private set; }

    public bool IsOver => _left <= 0;

    /// <summary>Faults that happened, by kind.</summary>
    public IReadOnlyDictionary<FaultKind, int> Happened => _happened;

    public int Count => _happened.Values.Sum();

    /// <summary>From now on nothing goes wrong.</summary>
    public void End() => _left = 0;

    public bool Has(FaultKind kind) => !IsOver && _rates.ContainsKey(kind);

    /// <summary>Whether it goes wrong now.</summary>
    public bool Happens(FaultKind kind)
    {
        if (!Has(kind) || !Choice.Chance(_rates[kind]))
        {
            return false;
        }

        _left--;
        _happened[kind] = _happened.GetValueOrDefault(kind) + 1;
        return true;
    }

    /// <summary>Marks what is thrown on purpose; what is thrown without this mark is a bug.</summary>
    public static string Injected(FaultKind kind) => $"injected {kind}";
}
