using DklActors.Actors.Experiments;
using DklActors.Actors.Running;
using DklActors.Messages.Events;
using DklActors.Physics.Scalarizers;
using DklActors.Simulation.Faults;
using DklActors.Simulation.Instruments;
using DklActors.Simulation.Invariants;
using DklActors.Simulation.Journals;
using DklActors.Support.Scalarizers;

namespace DklActors.Simulation.Worlds;

/// <summary>
/// One experiment from its first process to its end, however often it dies, fails or is ended in between: somebody
/// always takes it up again. Everything in it follows from the seed.
/// </summary>
internal sealed class World
{
    private const int MostProcesses = 60;

    // Then nothing goes wrong any more, and the next process must bring the run to its end.
    private const int ProcessesWithFaults = 25;

    public static readonly CrossDifference Cross = new();

    public World(ulong seed)
    {
        Seed = seed;
        Faults = new FaultPlan(seed);
        Specimen = new Specimen(Faults.Choice, Drifts);
        Settings = Worlds.Settings.Draw(seed, Faults.Choice) with
        {
            Drift = Drifts ? Worlds.Settings.DrawDrift(Faults.Choice) : null,
        };
        Settings = Settings with { Plan = Settings.Plan with { MarginInPixels = Settings.Stage.MarginInPixels } };
        Preset = Worlds.Settings.Preset(Faults.Choice);
        if (IsBegunWithAModel)
        {
            Settings = Settings with
            {
                Transfer = Worlds.Settings.LearnedElsewhere(seed, Settings.Patch, Preset),
            };
        }
    }

    public ulong Seed { get; }

    /// <summary>Is told of every step of every process.</summary>
    public Action<string>? Trace { get; init; }

    public FaultPlan Faults { get; }

    public Specimen Specimen { get; }

    public Disk Disk { get; } = new();

    public ExperimentSettings Settings { get; }

    public string Preset { get; }

    /// <summary>Every fifth world looks for something that takes a cross of five frames.</summary>
    public IScalarizer Scalarizer => Seed % 5 == 0 ? Cross : Worlds.Settings.Scalarizer;

    /// <summary>Every fourth world drifts, and looks at that.</summary>
    public bool Drifts => Seed % 4 == 0;

    /// <summary>Every third world trains elsewhere.</summary>
    public bool SendsTrainings => Seed % 3 == 1;

    /// <summary>Every fourteenth world is begun with what was learned elsewhere, which chooses its seeds.</summary>
    public bool IsBegunWithAModel => Seed % 14 == 2;

    /// <summary>Jobs named so far, by whatever process.</summary>
    public int Jobs { get; set; }

    /// <summary>Runs to the end and checks what must hold then.</summary>
    /// <exception cref="WorldBrokenException">Something that must never happen has happened.</exception>
    public WorldReport Run()
    {
        long steps = 0;
        ulong fingerprint = 0;
        int processes = 0;
        try
        {
            while (true)
            {
                if (++processes > MostProcesses)
                {
                    throw new InvalidOperationException($"The run is not at its end after {processes} processes.");
                }

                if (processes > ProcessesWithFaults)
                {
                    Faults.End();
                }

                bool calm = Faults.IsOver;
                var process = new Process(this, Seed + (1_000_003UL * (ulong)processes));
                ExperimentOutcome? outcome = process.Run();
                steps += process.Steps;
                fingerprint = (fingerprint * 31) ^ process.Fingerprint;
                if (IsAtItsEnd(outcome, calm))
                {
                    break;
                }
            }

            FinalChecks.Require(this);
            return new WorldReport(Seed, Disk.State.Run, processes, steps, Disk.Count, Faults.Happened, fingerprint)
            {
                Drift = Disk.State.Drift,
                DriftHolds = Disk.Read(Worlds.Settings.RunId, 0)
                    .Count(static stored => stored.Event is RunPaused { By: "drift" }),
            };
        }
        catch (Exception exception) when (exception is not WorldBrokenException)
        {
            throw new WorldBrokenException(Seed, exception);
        }
    }

    private bool IsAtItsEnd(ExperimentOutcome? outcome, bool calm)
    {
        RunState run = Disk.State.Run;
        if (run == RunState.Completed && outcome?.Fault is null && outcome is not null)
        {
            return true;
        }

        // A limit that is reached stays reached, whoever takes the run up.
        // So does a drift that nobody can follow.
        bool limited = (run == RunState.Interlocked && (Settings.Limits.TotalElectrons is not null || Drifts))
            || (run == RunState.Failed && Settings.Limits.PerPixel is not null
                && Disk.State.EndReason!.Contains("the limit is", StringComparison.Ordinal));
        if (calm && !limited)
        {
            throw new InvalidOperationException(
                $"Nothing went wrong in the last process, and yet the run is {run}: "
                + $"{outcome?.Fault ?? Disk.State.EndReason}");
        }

        return calm;
    }
}
