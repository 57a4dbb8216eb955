namespace DklActors.Support;

/// <summary>A test that needs modules of Python; skipped, saying so, where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PythonFactAttribute : FactAttribute
{
    /// <param name="modules">Names of modules, separated by commas.</param>
    public PythonFactAttribute(string modules) => Skip = Python.ReasonToSkip(modules);
}
