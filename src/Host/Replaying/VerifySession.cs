using DklActors.Actors.Replaying.Verification;
using DklActors.Host.Commands;
using DklActors.Host.Composition;

namespace DklActors.Host.Replaying;

/// <summary><c>dkl replay RUN --verify</c>.</summary>
internal sealed class VerifySession(RecordedRun run, bool json, TimeProvider time)
{
    public async Task<ExitCode> RunAsync(CancellationToken cancellationToken)
    {
        RunDesign design = run.Design();
        var verifier = new RunVerifier(run.SourceOf(design), time)
        {
            InstructionSetHere = design.Settings.Provenance.InstructionSet,
        };
        VerificationReport report = await verifier.VerifyAsync(cancellationToken).ConfigureAwait(false);
        VerificationText.Write(json ? Console.Error : Console.Out, report);
        if (json)
        {
            Console.WriteLine(ReplayJson.Of(report));
        }

        return report.IsClean ? ExitCode.Done : ExitCode.RunFailed;
    }
}
