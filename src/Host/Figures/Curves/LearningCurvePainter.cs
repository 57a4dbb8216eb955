namespace DklActors.Host.Figures.Curves;

internal sealed class LearningCurvePainter(LearningCurveSvg figure)
{
    public string Paint() => figure.Title;
}
