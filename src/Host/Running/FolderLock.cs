using DklActors.Host.Commands;

namespace DklActors.Host.Running;

/// <summary>Keeps a folder to one process.</summary>
internal static class FolderLock
{
    /// <param name="folder">The folder; it is there.</param>
    /// <param name="file">Name of the file in it that is held.</param>
    /// <returns>Lets go when it is disposed of.</returns>
    /// <exception cref="UsageException">Another process has it.</exception>
    public static FileStream Take(string folder, string file)
    {
        try
        {
            // The operating system lets go of the lock with the process, however that ends.
            return new FileStream(
                Path.Combine(folder, file), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (Directory.Exists(folder))
        {
            throw new UsageException($"{folder} is in use by another process ({exception.Message}).");
        }
    }
}
