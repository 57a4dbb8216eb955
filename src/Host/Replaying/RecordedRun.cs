using DklActors.Actors.Experiments;
using DklActors.Actors.Replaying;
using DklActors.Host.Commands;
using DklActors.Host.Composition;
using DklActors.Host.Recipes;
using DklActors.Host.Recipes.Documents;
using DklActors.Host.Recipes.Sections;
using DklActors.Host.Running;
using DklActors.Instruments.Ports;
using DklActors.Journal.Codecs;
using DklActors.Journal.Storage;
using DklActors.Messages.Events;

namespace DklActors.Host.Replaying;

/// <summary>A run that lies in its folder, to look at: recipe and journal, with neither lock nor instrument.</summary>
internal sealed class RecordedRun
{
    private readonly TimeProvider _time;

    private RecordedRun(string folder, IJournalReader journal, string stream, TimeProvider time)
    {
        Folder = folder;
        Journal = journal;
        Stream = stream;
        _time = time;
    }

    public string Folder { get; }

    public IJournalReader Journal { get; }

    public string Stream { get; }

    /// <exception cref="UsageException">There is no run in the folder.</exception>
    public static RecordedRun Open(string path, TimeProvider time)
    {
        string folder = Path.GetFullPath(path);
        if (!RunFolder.HoldsRun(folder) || !File.Exists(RunFolder.RecipeIn(folder)))
        {
            throw new UsageException($"{path} holds no run: it has no run.id and recipe.yaml.");
        }

        IJournalReader journal = RunJournal.OpenForReading(folder);
        return RunJournal.RunIdIn(folder) is { } stream && journal.Read(stream).Any()
            ? new RecordedRun(folder, journal, stream, time)
            : throw new UsageException($"The journal of {path} is empty.");
    }

    /// <summary>The run's own recipe, or one that differs from it.</summary>
    /// <exception cref="RecipeException">The recipe cannot be read.</exception>
    /// <exception cref="UsageException">The journal does not say where was measured, and the data set is gone.
    /// </exception>
    public RunDesign Design(params IReadOnlyList<(string Key, string Value)> changes)
    {
        Recipe recipe = RecipeReader.ReadUsed(RunFolder.RecipeIn(Folder), changes, out RecipeOrigins origins);
        return ExperimentBuilder.Design(recipe, origins, PlacesOf(recipe, origins));
    }

    /// <summary>The instrument of the run, where it is simulated or its data set is still there; else null.</summary>
    public IInstrument? Instrument(Recipe recipe) => Absence(recipe) is null
        ? MicroscopeBuilder.Build(recipe, OriginsOf(), _time)
        : null;

    /// <summary>
    /// Why the instrument of the run cannot be had: a data file that it would need is gone, or it is a microscope,
    /// which is not asked again. Null where it can.
    /// </summary>
    public static string? Absence(Recipe recipe) => recipe.Microscope switch
    {
        RemoteSection remote => $"The microscope at {remote.Address} is not asked",
        PreacquiredSection section when Missing(section) is { } file => $"{file} is not there",
        _ => null,
    };

    private static string? Missing(PreacquiredSection section) =>
        new[] { section.Data, section.ImageData }.OfType<string>()
            .FirstOrDefault(file => !File.Exists(file) && !Directory.Exists(file));

    public RunSource SourceOf(RunDesign design)
    {
        // Several models are trained side by side, each on one thread.
        var learner = design.Learner.Change(options => options with { Threads = 1 });
        ExperimentSettings settings = design.SettingsFor(Stream);
        if (IsAsStarted)
        {
            settings = settings with { RecipeHash = StartedWith! };
        }

        return new RunSource(Journal, Stream, settings, design.Scalarizer, learner.CreateEngine)
        {
            Choices = design.Choices,
        };
    }

    /// <summary>Hash of the recipe that the run was started with, or null where it does not begin with its start.
    /// </summary>
    public string? StartedWith =>
        (Journal.Read(Stream).FirstOrDefault()?.Event as ExperimentStarted)?.RecipeHash;

    /// <summary>
    /// Whether the recipe in the folder is, letter by letter, the one that the run was started with. Read by another
    /// version, the same recipe may have another hash, as keys were added since.
    /// </summary>
    public bool IsAsStarted =>
        RecipeWriter.HashOfWritten(File.ReadAllText(RunFolder.RecipeIn(Folder))) == StartedWith;

    private RecipeOrigins OriginsOf()
    {
        RecipeReader.ReadUsed(RunFolder.RecipeIn(Folder), [], out RecipeOrigins origins);
        return origins;
    }

    private InstrumentPlaces PlacesOf(Recipe recipe, RecipeOrigins origins)
    {
        SurveyRecorded? survey = Journal.Read(Stream).Select(stored => stored.Event).OfType<SurveyRecorded>()
            .FirstOrDefault();
        if (survey?.Places is { } places)
        {
            return new InstrumentPlaces(
                places.SitesHash is { } sites ? PlacesCodec.Read(Content(sites)) : null,
                places.SiteExtent,
                places.SeedsHash is { } seeds ? PlacesCodec.Read(Content(seeds)) : []);
        }

        if (survey is null || recipe.Microscope is not PreacquiredSection section)
        {
            return InstrumentPlaces.Everywhere;
        }

        if (Missing(section) is { } missing)
        {
            throw new UsageException(
                $"The journal of {Folder} is of a version that leaves the places that can be measured to the data set, "
                + $"and {missing} is not there; put it back to replay the run.");
        }

        using IInstrument instrument = MicroscopeBuilder.Build(recipe, origins, _time);
        return instrument.Places;
    }

    private ReadOnlyMemory<byte> Content(string hash) => Journal.ReadContent(ContentHash.Parse(hash));
}
