namespace DklActors.Host.Diagnosing;

/// <summary>How bad a finding is.</summary>
internal enum Verdict
{
    Ok,

    /// <summary>Works, and a person should know.</summary>
    Warning,

    /// <summary>Does not work.</summary>
    Trouble,
}
