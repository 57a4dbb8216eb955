using DklActors.Host.Recipes.Formats;
using DklActors.Host.Recipes.Keys;

namespace DklActors.Host.Recipes.Documents;

/// <summary>Checks a document against the table of keys, and collects everything that is wrong with it.</summary>
internal sealed class RecipeCheck(RecipeDocument document)
{
    private readonly RecipeValues _values = new();
    private readonly List<RecipeError> _errors = [];

    // What unknown keys probably meant: it is not missed a second time.
    private readonly HashSet<string> _meant = new(StringComparer.Ordinal);

    public IReadOnlyList<RecipeError> Errors => _errors;

    /// <summary>The values; complete only where there are no errors.</summary>
    public RecipeValues Run()
    {
        RefuseUnknownKeys();
        foreach (RecipeKey key in RecipeTable.Keys)
        {
            ReadKey(key);
        }

        RecipeRules.Apply(document, _values, _errors);
        return _values;
    }

    private void ReadKey(RecipeKey key)
    {
        bool isWritten = document.Entries.TryGetValue(key.Path, out RecipeEntry? entry);
        if (Unmet(key, out string? actual) is { } condition)
        {
            // Without a good selector nobody can say whether the key belongs here; the selector has its own error.
            if (isWritten && actual is not null)
            {
                _errors.Add(new RecipeError(
                    entry!.Location, key.Path,
                    $"the key belongs to {condition.Selector}: {condition.Alternatives}, and here it is {actual}",
                    $"remove it or change {condition.Selector}"));
            }

            return;
        }

        string? text = isWritten ? entry!.Text : key.Default;
        if (text is null)
        {
            RequireIfNeeded(key);
            return;
        }

        Parsed<object> parsed = text.Length is 0 or > ValueFormat.LongestText
            ? Parsed.Bad<object>(text.Length == 0 ? "there is no value" : "the value is too long",
                $"write {key.AnyFormat.Accepts}")
            : key.AnyFormat.ParseAny(text);
        if (parsed.IsGood)
        {
            _values.SetAny(key, parsed.Value!);
        }
        else
        {
            _errors.Add(new RecipeError(entry?.Location ?? document.File, key.Path, parsed.Problem!, parsed.Remedy));
        }
    }

    private void RequireIfNeeded(RecipeKey key)
    {
        if (key.IsRequired && !document.Mappings.ContainsKey(key.Path) && !_meant.Contains(key.Path))
        {
            string location = document.Mappings.GetValueOrDefault(key.Section, document.File);
            _errors.Add(new RecipeError(
                location, key.Path, "the key is missing", $"add it: {key.AnyFormat.Accepts}"));
        }
    }

    /// <summary>The condition that keeps a key out of this recipe: its own, or one of its selector.</summary>
    private RecipeCondition? Unmet(RecipeKey key, out string? actual)
    {
        actual = null;
        if (key.Condition is not { } condition)
        {
            return null;
        }

        RecipeKey selector = RecipeTable.ByPath[condition.Selector];
        if (Unmet(selector, out actual) is { } outer)
        {
            return outer;
        }

        _values.TryGetText(selector, out actual);
        return actual is not null && condition.Words.Contains(actual) ? null : condition;
    }

    private void RefuseUnknownKeys()
    {
        foreach ((string path, string location) in document.Mappings)
        {
            if (RecipeTable.ByPath.TryGetValue(path, out RecipeKey? leaf))
            {
                _errors.Add(new RecipeError(
                    location, path, "the key takes a value, not keys of its own", $"write {leaf.AnyFormat.Accepts}"));
            }
            else if (!RecipeTable.Sections.ContainsKey(path))
            {
                _errors.Add(Unknown(path, location));
            }
        }

        foreach ((string path, RecipeEntry entry) in document.Entries)
        {
            string parent = ParentOf(path);
            bool isReportedAlready = parent.Length > 0 && document.Mappings.ContainsKey(parent)
                && !RecipeTable.Sections.ContainsKey(parent);
            if (RecipeTable.ByPath.ContainsKey(path) || isReportedAlready)
            {
                continue;
            }

            if (!RecipeTable.Sections.ContainsKey(path))
            {
                _errors.Add(Unknown(path, entry.Location));
            }
            else if (entry.Text.Length > 0)
            {
                _errors.Add(new RecipeError(
                    entry.Location, path, "this is a section, not a value", "write its keys below it, indented"));
            }
        }
    }

    private RecipeError Unknown(string path, string location)
    {
        List<string> all = [.. RecipeTable.ByPath.Keys, .. RecipeTable.Sections.Keys];
        string parent = ParentOf(path);
        string name = LastPart(path);
        // A slip in the key, then one in the section, then a key of another section.
        string? sibling = NearestName.Of(name, all.Where(known => ParentOf(known) == parent).Select(LastPart));
        string? nearest = sibling is not null ? (parent.Length == 0 ? sibling : $"{parent}.{sibling}")
            : NearestName.Of(path, all)
                ?? all.FirstOrDefault(known => NearestName.Of(name, [LastPart(known)]) is not null);
        if (nearest is not null)
        {
            _meant.Add(nearest);
        }

        string[] siblings = [.. all.Where(known => ParentOf(known) == parent).Select(LastPart)];
        string remedy = nearest is not null ? $"did you mean '{nearest}'?"
            : siblings.Length > 0 ? $"known keys are {Phrases.Alternatives(siblings)}"
            : $"known sections are {Phrases.Alternatives(RecipeTable.Sections.Keys)}";
        return new RecipeError(location, path, "there is no such key", remedy);
    }

    private static string ParentOf(string path) => path.LastIndexOf('.') is >= 0 and int dot ? path[..dot] : "";

    private static string LastPart(string path) => path[(path.LastIndexOf('.') + 1)..];
}
