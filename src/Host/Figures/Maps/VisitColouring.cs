namespace DklActors.Host.Figures.Maps;

/// <summary>What the colour of a visited point says.</summary>
public enum VisitColouring
{
    /// <summary>Nothing: white dots that leave the map its colours.</summary>
    Plain,

    /// <summary>Its order, from early (dark) to late (bright); a thin path joins the points.</summary>
    Order,

    /// <summary>Its scalar, in the colours of the maps of that scalar.</summary>
    Value,
}
