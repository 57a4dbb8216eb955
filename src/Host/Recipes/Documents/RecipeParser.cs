using DklActors.Host.Recipes.Formats;
using DklActors.Host.Recipes.Keys;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace DklActors.Host.Recipes.Documents;

/// <summary>
/// Turns YAML into a <see cref="RecipeDocument"/>. It works on parser events, not on a tree, so that every value keeps
/// its line, a key that stands twice is seen, and an anchor is refused before anything could grow out of it.
/// </summary>
internal sealed class RecipeParser
{
    private const int DeepestNesting = 16;

    private readonly RecipeDocument _document;
    private readonly string _folder;
    private readonly Parser _parser;

    // What keys are read into: the recipe, or a region of its list.
    private RecipeDocument _into;

    private RecipeParser(string file, string text)
    {
        _document = new RecipeDocument(file);
        _into = _document;
        _folder = Path.GetDirectoryName(Path.GetFullPath(file)) ?? Path.GetFullPath(file);
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>Never throws on bad YAML; <see cref="RecipeDocument.Errors"/> says what is wrong.</summary>
    public static RecipeDocument Parse(string file, string text)
    {
        var parser = new RecipeParser(file, text);
        parser.Read();
        return parser._document;
    }

    private void Read()
    {
        try
        {
            _parser.Consume<StreamStart>();
            if (Take<DocumentStart>() is null)
            {
                Report(1, "", "the recipe is empty", "start from one of the recipes that come with the program");
                return;
            }

            ReadRoot();
            _parser.Consume<DocumentEnd>();
            if (_parser.Current is DocumentStart second)
            {
                Report(second, "", "a second document begins here", "write one recipe in a file");
            }
        }
        catch (YamlException problem)
        {
            // Where YAML ends nobody knows what the rest means, so this error stands alone.
            _document.Errors.Clear();
            Report(problem.Start.Line, "", $"this is not YAML ({Reason(problem)})",
                "correct the line or the one before");
        }
        catch (Exception problem) when (problem is InvalidOperationException or ArgumentException or OverflowException)
        {
            // The scanner of YamlDotNet throws these on some damaged texts, such as a plain scalar that begins with
            // a character it does not expect; a fuzz test shows them.
            _document.Errors.Clear();
            Report(_parser.Current?.End.Line ?? 1, "", "this is not YAML", "correct the line or the one after");
        }
    }

    private void ReadRoot()
    {
        if (Take<MappingStart>() is MappingStart root)
        {
            RefuseAnchor(root, "");
            ReadMapping("", 1);
            return;
        }

        bool isEmpty = _parser.Current is Scalar { Value.Length: 0 };
        Report(
            _parser.Current!, "", isEmpty ? "the recipe is empty" : "the recipe is not a list of keys and values",
            "start from one of the recipes that come with the program");
        Skip();
    }

    private void ReadMapping(string path, int depth)
    {
        while (Take<MappingEnd>() is null)
        {
            if (Take<Scalar>() is not Scalar key)
            {
                Report(_parser.Current!, path, "a key is not a word", "write 'key: value'");
                Skip();
                Skip();
                continue;
            }

            RefuseAnchor(key, key.Value);
            string child = path.Length == 0 ? key.Value : $"{path}.{key.Value}";
            if (key.Value.Contains('.', StringComparison.Ordinal) || key.Value.Length == 0)
            {
                Report(key, child, "a key holds no dots and is not empty", "nest the sections, one key a line");
                Skip();
                continue;
            }

            ReadValue(child, key, depth);
        }
    }

    private void ReadValue(string path, Scalar key, int depth)
    {
        string location = Location(key.Start.Line);
        if (path == RegionKeys.List && _into == _document && Take<SequenceStart>() is SequenceStart list)
        {
            ReadRegions(list, location);
            return;
        }

        if (_into.Entries.TryGetValue(path, out RecipeEntry? earlier))
        {
            ReportTwice(key, path, earlier.Location);
        }
        else if (_into.Mappings.TryGetValue(path, out string? mapping))
        {
            ReportTwice(key, path, mapping);
        }

        switch (_parser.Current)
        {
            case Scalar value:
                RefuseAnchor(value, path);
                _into.Entries[path] = new RecipeEntry(TextOf(value), location, _folder);
                _parser.MoveNext();
                break;
            case MappingStart start when depth < DeepestNesting:
                RefuseAnchor(start, path);
                _into.Mappings[path] = location;
                _parser.MoveNext();
                ReadMapping(path, depth + 1);
                break;
            case AnchorAlias alias:
                Report(alias, path, "aliases have no place in a recipe", "write the value out");
                _parser.MoveNext();
                break;
            default:
                Report(_parser.Current!, path, "a list, or too deep a nesting, stands here", "write one value");
                Skip();
                break;
        }
    }

    private void ReadRegions(SequenceStart list, string location)
    {
        RefuseAnchor(list, RegionKeys.List);
        if (_document.RegionsLocation is { } earlier)
        {
            Report(list, RegionKeys.List, $"the key stands twice, first at {earlier}", "keep one of the two");
        }

        _document.RegionsLocation = location;
        bool isEmpty = true;
        while (Take<SequenceEnd>() is null)
        {
            isEmpty = false;
            ParsingEvent first = _parser.Current!;
            if (Take<MappingStart>() is not MappingStart start)
            {
                Report(first, RegionKeys.List, "a region is a list of keys and values", "write '- name: NAME'");
                Skip();
                continue;
            }

            RefuseAnchor(start, RegionKeys.List);
            _into = new RecipeDocument(_document.File);
            ReadMapping("", 2);
            _document.Regions.Add(new RegionDocument(Location(start.Start.Line), _into));
            _into = _document;
        }

        if (isEmpty)
        {
            Report(list, RegionKeys.List, "the list is empty", "write '- name: NAME' for each region, or remove it");
        }
    }

    // "~" and an unquoted "null" are YAML's ways of writing nothing.
    private static string TextOf(Scalar value) =>
        value.Style == ScalarStyle.Plain && value.Value is "~" or "null" ? "" : value.Value;

    private void RefuseAnchor(NodeEvent node, string path)
    {
        if (!node.Anchor.IsEmpty)
        {
            Report(node, path, "anchors have no place in a recipe", "write the value out where it is needed");
        }

        if (!node.Tag.IsEmpty)
        {
            Report(node, path, "tags have no place in a recipe", $"remove '{node.Tag.Value}'");
        }
    }

    private void ReportTwice(Scalar key, string path, string earlier) =>
        Report(key, path, $"the key stands twice, first at {earlier}", "keep one of the two");

    private void Report(ParsingEvent at, string key, string problem, string remedy) =>
        Report(at.Start.Line, key, problem, remedy);

    private void Report(long line, string key, string problem, string remedy) =>
        _document.Errors.Add(new RecipeError(Location(line), key, problem, remedy));

    private string Location(long line) => $"{_document.File}:{Math.Max(1, line)}";

    private T? Take<T>()
        where T : ParsingEvent
    {
        if (_parser.Current is not T taken)
        {
            return null;
        }

        _parser.MoveNext();
        return taken;
    }

    // The parser's time grows with the square of the nesting, so what is too deep is not read to its end.
    private void Skip()
    {
        int depth = 0;
        do
        {
            ParsingEvent skipped = _parser.Current!;
            depth += skipped.NestingIncrease;
            if (depth > DeepestNesting)
            {
                throw new YamlException(skipped.Start, skipped.End, $"it is nested more than {DeepestNesting} deep");
            }
        }
        while (_parser.MoveNext() && depth > 0);
    }

    private static string Reason(YamlException problem) =>
        problem.Message.Split('\n')[0].TrimEnd('.', ' ', '\r');
}
