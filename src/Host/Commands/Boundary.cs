using DklActors.Host.Recipes;
using DklActors.Instruments.Files;
using DklActors.Instruments.Ports;
using DklActors.Journal.Storage;

namespace DklActors.Host.Commands;

/// <summary>Where exceptions end: one clear line for what a person can mend, everything for what is a bug.</summary>
internal static class Boundary
{
    public static async Task<int> RunAsync(Func<Task<ExitCode>> command)
    {
        (ExitCode code, string? message) = await OutcomeOf(command).ConfigureAwait(false);
        if (message is not null)
        {
            await Console.Error.WriteLineAsync(message).ConfigureAwait(false);
        }

        return (int)code;
    }

    private static async Task<(ExitCode Code, string? Message)> OutcomeOf(Func<Task<ExitCode>> command)
    {
        try
        {
            return (await command().ConfigureAwait(false), null);
        }
        catch (RecipeException exception)
        {
            return (ExitCode.WrongUse, exception.Message);
        }
        catch (UsageException exception)
        {
            return (ExitCode.WrongUse, $"dkl: {exception.Message}");
        }
        catch (OperationCanceledException)
        {
            return (ExitCode.AbortedByPerson, "dkl: cancelled.");
        }
        catch (Exception exception) when (exception is JournalException or DataFileException or InstrumentException
            or IOException or UnauthorizedAccessException)
        {
            return (ExitCode.RunFailed, $"dkl: {exception.Message}");
        }
        catch (Exception exception)
        {
            // The beam is blanked by now; whoever reports the bug needs all of this.
            return (ExitCode.RunFailed, $"dkl: this is a bug, please report it: {exception}");
        }
    }
}
