using DklActors.Instruments.Ports;
using DklActors.Messages.Frames;
using DklActors.Simulation.Faults;
using DklActors.Simulation.Worlds;

namespace DklActors.Simulation.Instruments;

internal sealed class SimulatedSurvey(Specimen specimen, Column column, FaultPlan faults, TimeProvider time) : ISurvey
{
    public TimeSpan Duration { get; } = TimeSpan.FromMilliseconds(50);

    public async ValueTask<StructuralImage> AcquireAsync(CancellationToken cancellationToken)
    {
        column.TurnOn();
        column.IsScanning = true;
        try
        {
            await time.For(Duration, cancellationToken).ConfigureAwait(false);
            if (faults.Happens(FaultKind.SurveyHangs))
            {
                await time.For(TimeSpan.FromHours(1), cancellationToken).ConfigureAwait(false);
            }

            if (faults.Happens(FaultKind.SurveyFails))
            {
                throw new InstrumentException(FaultClass.Transient, FaultPlan.Injected(FaultKind.SurveyFails));
            }
        }
        finally
        {
            if (!column.IsDeserted && !faults.Happens(FaultKind.SurveyLeavesBeamOn))
            {
                column.TurnOff();
            }

            column.Charge();
            column.IsScanning = false;
        }

        return faults.Happens(FaultKind.SurveyIsNoNumber)
            ? new StructuralImage(
                "HAADF",
                Specimen.Shape,
                Specimen.PixelSize,
                Enumerable.Repeat(float.NaN, Specimen.Shape.Count).ToArray())
            : specimen.ImageNow();
    }
}
