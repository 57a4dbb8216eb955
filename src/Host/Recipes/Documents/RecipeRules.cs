using DklActors.Host.Recipes.Keys;
using DklActors.Host.Recipes.Sections;
using DklActors.Host.Running;
using DklActors.Instruments.Blankers;
using DklActors.Journal.Postgres;
using DklActors.Learning.Designs;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Scalarizers.Parameters;
using static DklActors.Host.Recipes.Keys.RecipeKeys;

namespace DklActors.Host.Recipes.Documents;

/// <summary>What one key demands of another. A rule speaks only where the keys it needs are good.</summary>
internal sealed class RecipeRules
{
    private readonly RecipeDocument _document;
    private readonly RecipeValues _values;
    private readonly List<RecipeError> _errors;

    private RecipeRules(RecipeDocument document, RecipeValues values, List<RecipeError> errors)
    {
        _document = document;
        _values = values;
        _errors = errors;
    }

    public static void Apply(RecipeDocument document, RecipeValues values, List<RecipeError> errors)
    {
        var rules = new RecipeRules(document, values, errors);
        rules.CheckLease();
        rules.CheckJournal();
        rules.CheckPaths();
        rules.CheckBlanker();
        rules.CheckSampleStage();
        rules.CheckSeedCount();
        switch (values.Find(Microscope))
        {
            case MicroscopeKind.Preacquired:
                rules.CheckData(RecipeKeys.Data);
                rules.CheckData(ImageData);
                rules.CheckFrames();
                rules.CheckAlternatives(PixelSizeFrom, PixelSizeUnit, [PixelSize]);
                break;
            case MicroscopeKind.Simulated:
                rules.CheckScan();
                rules.CheckSeedDesign();
                rules.CheckPatterns();
                rules.CheckEnergies();
                break;
            case MicroscopeKind.Bridge or MicroscopeKind.Asyncroscopy:
                rules.CheckRemote();
                rules.CheckSeedDesign();
                break;
        }
    }

    private void CheckRemote()
    {
        MicroscopeKind kind = _values.Find(Microscope)!.Value;
        if (_values.FindText(Address) is string address
            && RemoteRules.ProblemOf(kind, address) is var (problem, remedy))
        {
            Report(Address, problem, remedy);
        }

        CheckFile(TokenFile);
        CheckFile(Authority);
        if (IsWritten(EnergyOrigin) != IsWritten(EnergyDispersion))
        {
            Missing(IsWritten(EnergyOrigin) ? EnergyDispersion : EnergyOrigin, "needed with the other of the two");
        }

        if (kind == MicroscopeKind.Asyncroscopy)
        {
            foreach (RecipeKey key in new RecipeKey[]
                { RecipeKeys.BeamCurrent, PixelSize, EnergyOrigin, EnergyDispersion }.Where(key => !IsWritten(key)))
            {
                Missing(key, "which asyncroscopy does not tell");
            }

            if (!IsWritten(Blanker) && !IsWritten(ReadBack))
            {
                Missing(Blanker, "since asyncroscopy does not read the beam back; or write beamReadBack: none");
            }
        }
    }

    private void CheckSampleStage()
    {
        if (IsWritten(SampleStageX) != IsWritten(SampleStageY))
        {
            Missing(IsWritten(SampleStageX) ? SampleStageY : SampleStageX, "needed with the other of the two");
        }
    }

    private void CheckFile(RecipeKey<string> key)
    {
        if (_values.FindText(key) is not string path)
        {
            return;
        }

        string full = Path.GetFullPath(path, _document.Entries[key.Path].Folder);
        _values.Set(key, full);
        if (!_document.DataMayBeGone && !File.Exists(full))
        {
            Report(key, $"there is no file {full}", "check the path; a relative one starts at the recipe's folder");
        }
    }

    private void CheckLease()
    {
        if (_values.Find(Dwell) is TimeSpan dwell && _values.Find(Longest) is TimeSpan longest && longest < dwell)
        {
            Report(Longest, $"the lease is shorter than the dwell of {Dwell.Format.Format(dwell)}",
                $"write at least {Dwell.Format.Format(dwell)}");
        }
    }

    private void CheckJournal()
    {
        if (_values.FindText(JournalConnection) is not string connection)
        {
            return;
        }

        try
        {
            if (PostgresConnection.HoldsPassword(connection))
            {
                Report(
                    JournalConnection, "the connection holds a password, which every copy of the recipe would hold too",
                    "leave it out and give it in PGPASSWORD or ~/.pgpass, or give the whole connection in "
                    + RunJournal.ConnectionVariable);
            }
        }
        catch (FormatException exception)
        {
            Report(
                JournalConnection, $"it is no connection string of Npgsql: {exception.Message.TrimEnd('.')}",
                "write one such as Host=db.lab;Database=dkl;Username=dkl");
        }
    }

    /// <summary>Files that a scalarizer reads, FILE or FILE#ARRAY, from the folder of the recipe.</summary>
    private void CheckPaths()
    {
        foreach ((ScalarizerParameter parameter, RecipeKey key) in ScalarizerKeys.Parameters)
        {
            if (!parameter.IsPath || _values.FindAny(key) is not string place)
            {
                continue;
            }

            string full = Path.GetFullPath(place, _document.Entries[key.Path].Folder);
            _values.SetAny(key, full);
            string file = File.Exists(full) ? full : full.Split('#')[0];
            if (!_document.DataMayBeGone && !File.Exists(file) && !Directory.Exists(file))
            {
                Report(key, $"there is no file {file}", "check the path; a relative one starts at the recipe's folder");
            }
        }
    }

    private void CheckBlanker()
    {
        if (!BlankerSpec.TryParse(_values.FindText(Blanker), out BlankerSpec? spec))
        {
            return;
        }

        BlankerSpec full = spec.From(_document.Entries[Blanker.Path].Folder);
        _values.Set(Blanker, full.ToString());
        if (full.Kind == BlankerKind.Command && !_document.DataMayBeGone && !File.Exists(full.Path))
        {
            Report(
                Blanker, $"there is no program {full.Path}",
                "check the path; a relative one starts at the recipe's folder");
        }
    }

    private void CheckData(RecipeKey<string> key)
    {
        if (_values.FindText(key) is not string path)
        {
            return;
        }

        string full = Path.GetFullPath(path, _document.Entries[key.Path].Folder);
        _values.Set(key, full);
        if (_document.DataMayBeGone)
        {
            return;
        }

        if (Directory.Exists(full))
        {
            if (!Directory.EnumerateFiles(full, "*.npy", new EnumerationOptions { IgnoreInaccessible = true }).Any())
            {
                Report(
                    key, $"{full} is a folder without .npy files",
                    "name a data set (.npz, .hspy, .dm4 and others) in it");
            }
        }
        else if (!File.Exists(full))
        {
            Report(key, $"there is no file {full}", "check the path; a relative one starts at the recipe's folder");
        }
    }

    /// <summary>
    /// Spectra need an energy axis; recorded values have none, nor counts that noise could be drawn from.
    /// </summary>
    private void CheckFrames()
    {
        if (_values.FindText(ScalarizerKeys.Kind) is not { } name)
        {
            return;
        }

        FrameNeed takes = ScalarizerCatalog.Find(name)!.Takes;
        if (takes == FrameNeed.Spectrum)
        {
            CheckAlternatives(Energy, RecipeKeys.EnergyUnit, [EnergyOrigin, EnergyDispersion]);
        }

        if (takes != FrameNeed.Value)
        {
            return;
        }

        RecipeKey[] strange = [Energy, RecipeKeys.EnergyUnit, EnergyOrigin, EnergyDispersion, Counts, CountsPerUnit];
        foreach (RecipeKey key in strange.Where(IsWritten).Where(HasNoDefault))
        {
            Report(
                key, "scalarizer.kind is value, so that frames are numbers, neither spectra nor counts",
                "remove it or change scalarizer.kind");
        }
    }

    private void CheckSeedDesign()
    {
        if (_values.Find(RecipeKeys.SeedDesign) == Sections.SeedDesign.Recorded)
        {
            Report(RecipeKeys.SeedDesign, "only a data set names seed points",
                "write space-filling, random or model");
        }
    }

    private void CheckSeedCount()
    {
        if (_values.Find(Seeds) is > ModelDesign.MostPoints
            && _values.Find(RecipeKeys.SeedDesign) == Sections.SeedDesign.Model)
        {
            Report(
                Seeds, $"a model that learns nothing chooses at most {ModelDesign.MostPoints} points",
                $"write at most {ModelDesign.MostPoints}, for it is trained long before, or another seedDesign");
        }
    }

    // An axis of the data set with its unit, or numbers in the recipe; one of the two and not both.
    private void CheckAlternatives(RecipeKey recorded, RecipeKey unit, RecipeKey[] given)
    {
        string names = string.Join(" and ", given.Select(static key => key.Name));
        bool hasRecorded = IsWritten(recorded);
        RecipeKey? firstGiven = Array.Find(given, IsWritten);
        if (hasRecorded && firstGiven is not null)
        {
            Report(firstGiven, $"{recorded.Name} is given too", $"keep either {recorded.Name} or {names}");
            return;
        }

        if (hasRecorded && !IsWritten(unit))
        {
            Missing(unit, $"needed with {recorded.Name}");
        }

        if (!hasRecorded && IsWritten(unit))
        {
            Report(
                unit, $"the unit belongs to {recorded.Name}, which is not given", $"add {recorded.Name} or remove it");
        }

        if (!hasRecorded && firstGiven is null)
        {
            Report(recorded, "the key is missing", $"add {recorded.Name} and {unit.Name}, or {names}");
        }

        foreach (RecipeKey key in given.Where(key => firstGiven is not null && !IsWritten(key)))
        {
            Missing(key, $"needed with {firstGiven!.Name}");
        }
    }

    private void CheckScan()
    {
        if (_values.Find(Size) is not int size || _values.Find(Patch) is not PatchWindow patch)
        {
            return;
        }

        int free = size - Math.Max(patch.Size - 1, 2 * (_values.Find(Margin) ?? 0));
        if (free < 1)
        {
            Report(Patch, $"no patch of {patch} fits a scan of {size} px with its margin", "make it smaller");
        }
        else if (_values.Find(Seeds) is int seeds && _values.Find(Measurements) is int more
            && (long)seeds + more > (long)free * free)
        {
            Report(Measurements, $"{seeds} + {more} points are more than the {(long)free * free} candidates",
                "measure fewer");
        }
    }

    // The axis is no matter of the kind of microscope alone, so that no condition of the keys says it.
    private void CheckPatterns()
    {
        if (_values.Find(Sample) is SampleKind.Plasmons or SampleKind.CoreLoss)
        {
            return;
        }

        foreach (RecipeKey key in new RecipeKey[] { EnergyOrigin, EnergyDispersion }.Where(IsWritten))
        {
            Report(key, "this sample gives patterns, which have no energies", "remove it or change microscope.sample");
        }
    }

    private void CheckEnergies()
    {
        if (SampleBinder.AxisOf(_values) is not { } axis)
        {
            return;
        }

        foreach ((_, RecipeKey key) in ScalarizerKeys.Parameters)
        {
            if (_values.FindAny(key) is EnergyWindow window && !axis.Covers(window))
            {
                Report(key, $"the window {window} is not on the energy axis {axis}, or holds no channel of it",
                    "choose a window within the axis, or change energyOrigin, energyDispersion or channels");
            }
        }
    }

    // A recipe that was written out names the defaults too.
    private bool HasNoDefault(RecipeKey key) => _document.Entries[key.Path].Text != key.Default;

    private bool IsWritten(RecipeKey key) => _document.Entries.ContainsKey(key.Path);

    private void Missing(RecipeKey key, string why) =>
        Report(key, $"the key is missing, {why}", $"add it: {key.AnyFormat.Accepts}");

    private void Report(RecipeKey key, string problem, string remedy)
    {
        string location = _document.Entries.TryGetValue(key.Path, out RecipeEntry? entry)
            ? entry.Location
            : _document.Mappings.GetValueOrDefault(key.Section, _document.File);
        _errors.Add(new RecipeError(location, key.Path, problem, remedy));
    }
}
