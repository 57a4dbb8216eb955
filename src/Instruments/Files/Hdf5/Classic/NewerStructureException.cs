namespace DklActors.Instruments.Files.Hdf5.Classic;

/// <summary>The file uses a structure that only the HDF5 library reads.</summary>
/// <param name="problem">What to say where the library cannot be used.</param>
internal sealed class NewerStructureException(DataFileException problem) : Exception(problem.Message, problem)
{
    public DataFileException Problem => problem;
}
