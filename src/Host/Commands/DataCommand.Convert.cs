using System.CommandLine;
using DklActors.Host.Data;

namespace DklActors.Host.Commands;

/// <content><c>dkl data convert</c>.</content>
internal sealed partial class DataCommand
{
    private static Command Convert()
    {
        var from = new Argument<string>("FROM") { Description = "A data file, a folder of .npy files, or a run." };
        var to = new Argument<string>("TO") { Description = "The file to write: .npz, or .hspy for HyperSpy." };
        var array = new Option<string?>("--array")
        {
            Description = "The array to write, as 'dkl data info' names it. Default: all for .npz, data for .hspy.",
            HelpName = "NAME",
        };
        var signalType = new Option<string?>("--signal-type")
        {
            Description = "With .hspy: HyperSpy's type of the signal, such as EELS. Default: what the file says.",
            HelpName = "TYPE",
        };
        var force = new Option<bool>("--force") { Description = "Replace a file that is there." };
        var command = new Command("convert", "Write a data file or the frames of a run in another format.")
        {
            from, to, array, signalType, force,
        };
        command.SetAction((parsed, _) => Boundary.RunAsync(() =>
        {
            Console.WriteLine(new DataConversion(new ConversionRequest(
                parsed.GetValue(from)!, parsed.GetValue(to)!, parsed.GetValue(array), parsed.GetValue(signalType),
                parsed.GetValue(force))).Run());
            return Task.FromResult(ExitCode.Done);
        }));
        return command;
    }
}
