using DklActors.Host.Figures.Colours;

namespace DklActors.Host.Figures.Curves;

/// <summary>One of the stacked panels: what is drawn into it, and what its legend says.</summary>
internal abstract class CurvePanel
{
    public abstract string Title { get; }

    /// <summary>Label of the value axis.</summary>
    public abstract string Axis { get; }

    /// <summary>Height of the plot in px.</summary>
    public abstract double Height { get; }

    /// <summary>Ends of the value axis.</summary>
    public abstract ValueRange Range { get; }

    public virtual bool IsLogarithmic => false;

    public abstract IReadOnlyList<LegendEntry> Legend { get; }

    public abstract void Paint(SvgWriter svg, PlotArea area);

    /// <summary>The range of the values with some air above and below.</summary>
    protected static ValueRange Airy(IEnumerable<double> values)
    {
        ValueRange range = ValueRange.Of([.. values]);
        double air = 0.07 * (range.High - range.Low);
        return new ValueRange(range.Low - air, range.High + air);
    }
}
