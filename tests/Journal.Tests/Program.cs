using DklActors.Journal.Tests.PowerLoss;

// The tests start this very program to have a process of its own that writes a journal.
return args is [string folder, string seed, string care]
    ? await WritingProcess.RunAsync(folder, int.Parse(seed), care == "careful")
    : throw new ArgumentException("Run by the tests: FOLDER SEED careful|careless.");
