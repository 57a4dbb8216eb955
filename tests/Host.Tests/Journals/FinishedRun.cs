using DklActors.Host.Tests.EndToEnd;

namespace DklActors.Host.Tests.Journals;

/// <summary>A small real run that the tests of a class share; who changes it takes a copy.</summary>
public sealed class FinishedRun : IAsyncLifetime, IDisposable
{
    private readonly RunFolderOnDisk _folder = new();

    /// <summary>Five seeds and the recipe's eight measurements.</summary>
    public const int Points = 13;

    public string Folder => _folder.Run;

    public string Parent => _folder.Parent;

    public async Task InitializeAsync()
    {
        using DklProcess run = await DklProcess.RunAsync(
            Parent, "run", _folder.WriteRecipe(), "--out", Folder);
        run.ExitCode.Should().Be(0, run.Error);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    /// <summary>A copy of the run under a name of its own.</summary>
    public string Copy(string name)
    {
        string copy = Path.Combine(Parent, name);
        foreach (string file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(copy, Path.GetRelativePath(Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }
}
