using System.Text;

namespace DklActors.Host.Recipes.Documents;

/// <summary>Reads the text of a recipe.</summary>
internal static class RecipeFile
{
    /// <summary>Largest recipe, in bytes: a hundred times what the longest needs.</summary>
    public const int LargestBytes = 256 * 1024;

    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, true);

    /// <exception cref="RecipeException">The file is missing, a folder, unreadable, too large or no UTF-8.</exception>
    public static string ReadText(string path)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            throw Fail(path, "this is not the name of a file", "name a recipe (.yaml)");
        }

        if (Directory.Exists(path))
        {
            throw Fail(path, "this is a folder", "name a recipe (.yaml) in it");
        }

        try
        {
            // A pipe or device has no length, so the limit counts what was read.
            using FileStream stream = File.OpenRead(path);
            byte[] bytes = new byte[stream.CanSeek ? Math.Min(stream.Length, LargestBytes) + 1 : LargestBytes + 1];
            int count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (count > LargestBytes)
            {
                throw Fail(path, $"the file is larger than {LargestBytes / 1024} KiB", "name a recipe (.yaml)");
            }

            return Decode(path, bytes.AsSpan(0, count));
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Fail(path, "there is no such file", "check the path");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Fail(path, $"the file cannot be read ({problem.Message})", "check the path and its permissions");
        }
    }

    private static string Decode(string path, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return s_strictUtf8.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException problem)
        {
            int line = 1 + bytes[..Math.Clamp(problem.Index, 0, bytes.Length)].Count((byte)'\n');
            throw Fail($"{path}:{line}", "the file is not UTF-8 text", "save it as UTF-8");
        }
    }

    private static RecipeException Fail(string location, string problem, string remedy) =>
        new(new RecipeError(location, "", problem, remedy));
}
