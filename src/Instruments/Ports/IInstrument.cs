namespace DklActors.Instruments.Ports;

/// <summary>A microscope as a recipe names it: its ports, and what a run has to know of it beside them.</summary>
public interface IInstrument : IMicroscope
{
    InstrumentFacts Facts { get; }

    InstrumentPlaces Places { get; }

    /// <summary>What every point would give; null for an instrument that has to measure to know.</summary>
    IKnownTruth? Truth { get; }

    /// <summary>What may speak against measuring; empty where nothing can.</summary>
    IReadOnlyList<IInstrumentCondition> Conditions { get; }

    /// <summary>
    /// Takes what a person should be told and no journal needs: how far the clocks are apart, that a link is back.
    /// Called from any thread; must be quick and not throw.
    /// </summary>
    Action<string>? Say { get; set; }

    /// <summary>
    /// Takes command for one run, until this is disposed of. Nothing is moved or exposed before.
    /// </summary>
    /// <param name="run">Name of the run.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="InstrumentException">Somebody else commands it, or it does not answer.</exception>
    Task BeginAsync(string run, CancellationToken cancellationToken);

    /// <summary>
    /// Looks at what can be looked at without moving or exposing: blanks the beam, where that disturbs nobody, and
    /// requires that it reads back.
    /// </summary>
    /// <returns>What a person should know before a run is started; empty for nothing.</returns>
    /// <exception cref="InstrumentException">It does not answer, or the beam does not blank.</exception>
    IReadOnlyList<string> Check();
}
