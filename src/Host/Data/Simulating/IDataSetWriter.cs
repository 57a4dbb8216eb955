namespace DklActors.Host.Data.Simulating;

/// <summary>A data set being written; nothing of it is seen under its name before it is complete.</summary>
internal interface IDataSetWriter : IDisposable
{
    /// <summary>What was written, for people.</summary>
    string Place { get; }

    /// <summary>Adds an array piece by piece.</summary>
    void Add<T>(string name, int[] shape, IEnumerable<ReadOnlyMemory<T>> pieces)
        where T : unmanaged;

    /// <summary>Writes the recipe that measures the data set and makes everything visible.</summary>
    void Complete(Func<string, string> recipeForData);
}
