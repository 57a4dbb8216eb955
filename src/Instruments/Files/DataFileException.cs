namespace DklActors.Instruments.Files;

/// <summary>A data file cannot be used. The message says which file and array, what is wrong, and what to do.</summary>
public sealed class DataFileException : Exception
{
    /// <param name="file">Path as the user gave it.</param>
    /// <param name="array">Array within the file, or null where the file as a whole is meant.</param>
    /// <param name="problem">What was found, and what was expected; a clause without a full stop.</param>
    /// <param name="remedy">What to do; a clause without a full stop.</param>
    /// <param name="innerException">What brought it to light.</param>
    public DataFileException(
        string file, string? array, string problem, string remedy, Exception? innerException = null)
        : base($"{file}{(array is null ? "" : $", array '{array}'")}: {problem}; {remedy}.", innerException)
    {
        File = file;
        Array = array;
        Problem = problem;
        Remedy = remedy;
    }

    public string File { get; }

    public string? Array { get; }

    /// <summary>What was found, and what was expected.</summary>
    public string Problem { get; }

    /// <summary>What to do.</summary>
    public string Remedy { get; }
}
