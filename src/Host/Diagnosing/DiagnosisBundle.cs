using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using DklActors.Host.Commands;
using DklActors.Host.Composition;
using DklActors.Host.Journals;
using DklActors.Host.Running;
using DklActors.Host.Serving;

namespace DklActors.Host.Diagnosing;

/// <summary>
/// What a bug report needs, as one zip: findings, versions, ends of the logs, and of a run its recipe, summary and
/// events. No frames, no tokens, no passwords.
/// </summary>
internal sealed partial class DiagnosisBundle(string data, string? run)
{
    private const int LogBytes = 2_000_000;
    private const int MostLogs = 4;
    private const string Hidden = "(hidden)";

    private readonly string[] _secrets = SecretsIn(data);

    /// <summary>Writes it.</summary>
    /// <exception cref="UsageException">There is such a file already.</exception>
    public void Write(string path, IReadOnlyList<Finding> findings)
    {
        if (File.Exists(path))
        {
            throw new UsageException($"{path} is there already; name another file, or remove it.");
        }

        using FileStream file = File.Create(path);
        using var zip = new ZipArchive(file, ZipArchiveMode.Create);
        Add(zip, "findings.json", JsonSerializer.Serialize(findings, DoctorJson.Options));
        Add(zip, "versions.json", JsonSerializer.Serialize(ProvenanceReader.Read(), DoctorJson.Options));
        Add(zip, "environment.txt", EnvironmentText());
        string logs = Path.Combine(data, "logs");
        foreach (string log in Directory.Exists(logs)
            ? new DirectoryInfo(logs).GetFiles().OrderByDescending(static it => it.LastWriteTimeUtc).Take(MostLogs)
                .Select(static it => it.FullName)
            : [])
        {
            AddFile(zip, $"daemon/{Path.GetFileName(log)}", log);
        }

        AddFile(zip, "daemon/watchdog.log", Path.Combine(data, "watchdog.log"));
        if (run is not null)
        {
            foreach (string name in new[]
                { "recipe.yaml", "summary.json", "run.id", "run.log", "run.jsonl", "watchdog.log" })
            {
                AddFile(zip, $"run/{name}", Path.Combine(run, name));
            }

            Add(zip, "run/events.txt", EventsText(run));
        }
    }

    private void AddFile(ZipArchive zip, string name, string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        try
        {
            using var file = new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            file.Seek(-Math.Min(file.Length, LogBytes), SeekOrigin.End);
            using var reader = new StreamReader(file);
            Add(zip, name, reader.ReadToEnd());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Add(zip, $"{name}.missing", exception.Message);
        }
    }

    private void Add(ZipArchive zip, string name, string text)
    {
        foreach (string secret in _secrets)
        {
            text = text.Replace(secret, Hidden, StringComparison.Ordinal);
        }

        text = Password().Replace(text, $"$1{Hidden}");
        using var writer = new StreamWriter(zip.CreateEntry(name).Open(), new UTF8Encoding(false));
        writer.Write(text);
    }

    // Names of variables are useful, values may be anything.
    private static string EnvironmentText() => string.Join('\n', Environment.GetEnvironmentVariables().Keys
        .OfType<string>()
        .Where(static name => name.StartsWith("DKL_", StringComparison.Ordinal)
            || name.StartsWith("DOTNET_", StringComparison.Ordinal) || name.StartsWith("PG", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(static name => $"{name} is set"));

    private static string EventsText(string run)
    {
        var text = new StringBuilder();
        try
        {
            foreach (var stored in OpenedRun.Open(run).Read())
            {
                text.Append(EventLine.ForPeople(stored, TimeZoneInfo.Utc)).Append('\n');
            }
        }
        catch (Exception exception)
        {
            // What is damaged is what the report is about.
            text.Append($"the rest cannot be read: {exception.Message}\n");
        }

        return text.ToString();
    }

    private static string[] SecretsIn(string data)
    {
        string path = DataFolder.TokensIn(data);
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return
            [
                .. document.RootElement.EnumerateObject()
                    .Select(static entry => entry.Value.ToString()).Where(static value => value.Length > 0),
                .. RunSecrets(),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException
            or InvalidOperationException)
        {
            // No file, no tokens that could be known here.
            return [.. RunSecrets()];
        }
    }

    private static IEnumerable<string> RunSecrets() =>
        new[] { "DKL_TOKEN", RunJournal.ConnectionVariable, "PGPASSWORD", "DKL_CERTIFICATE_PASSWORD" }
            .Select(Environment.GetEnvironmentVariable)
            .OfType<string>()
            .Where(static value => value.Length > 0);

    [GeneratedRegex("((?:password|pwd|token)[\"']?\\s*[=:]\\s*[\"']?)[^;\\s\"',&}]+", RegexOptions.IgnoreCase)]
    private static partial Regex Password();
}
