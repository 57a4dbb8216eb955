namespace DklActors.Architecture.Tests.Tree;

/// <summary>A C# source: its path below the root, with forward slashes, and its lines.</summary>
internal sealed record SourceFile(string Path, IReadOnlyList<string> Lines)
{
    public string Folder => Path[..Path.LastIndexOf('/')];

    public static SourceFile Read(FileInfo file) => new(Repository.PathOf(file), File.ReadAllLines(file.FullName));

    /// <summary>Where a line breaks a rule, as <c>file:line: text</c>.</summary>
    public IEnumerable<string> LinesWhere(Func<string, bool> broken) => LinesWhere(broken, static _ => true);

    /// <summary>The same, where the lines before it do not excuse it.</summary>
    public IEnumerable<string> LinesWhere(Func<string, bool> broken, Func<IEnumerable<string>, bool> after) => Lines
        .Select((line, index) => (Text: line, Number: index + 1))
        .Where(line => broken(line.Text) && after(Lines.Take(line.Number - 1)))
        .Select(line => $"{Path}:{line.Number}: {line.Text.Trim()}");
}
