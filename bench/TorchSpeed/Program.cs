using System.CommandLine;
using DklActors.Torch.Runtimes;
using DklActors.TorchSpeed;

var sizes = new Option<int[]>("--observations")
{
    Description = "Numbers N of observations.",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => [100, 1000, 4000],
};
var patches = new Option<int[]>("--patch")
{
    Description = "Edges of a patch in pixels.",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => [16, 32],
};
var candidates = new Option<int[]>("--candidates")
{
    Description = "Numbers M of candidates to embed, about.",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => [10_000],
};
var rounds = new Option<int>("--rounds") { Description = "Turns of every timing.", DefaultValueFactory = _ => 5 };
var python = new Option<string?>("--python")
{
    Description = "A Python with torch, for the same model in eager PyTorch; left out where there is none.",
};
var threads = new Option<int>("--threads")
{
    Description = "Threads of everything on the processor.",
    DefaultValueFactory = _ => Environment.ProcessorCount,
};
var only = new Option<string[]>("--device")
{
    Description = "Devices of the torch engine; all that there are if left out.",
    AllowMultipleArgumentsPerToken = true,
};
var command = new RootCommand("Times the torch engine beside the managed one and PyTorch, preset atomai.")
{
    sizes, patches, candidates, rounds, python, threads, only,
};
command.SetAction(arguments =>
{
    string[] devices = Devices.All(arguments.GetValue(threads));
    devices = arguments.GetValue(only) is { Length: > 0 } chosen ? [.. devices.Intersect(chosen)] : devices;
    Console.WriteLine($"{TensorRuntime.Version}, {string.Join(", ", devices)}, {arguments.GetValue(threads)} threads");
    Peer? peer = arguments.GetValue(python) is { } path ? new Peer(path, arguments.GetValue(threads)) : null;
    var table = new SpeedTable(devices, peer, arguments.GetValue(threads), arguments.GetValue(rounds));
    foreach (int patch in arguments.GetValue(patches)!)
    {
        foreach (int size in arguments.GetValue(sizes)!)
        {
            table.Training(patch, size);
        }

        foreach (int count in arguments.GetValue(candidates)!)
        {
            table.Embedding(patch, count);
        }
    }
});
return command.Parse(args).Invoke();
