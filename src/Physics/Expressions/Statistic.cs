namespace DklActors.Physics.Expressions;

/// <summary>A number that the channels of a window give.</summary>
internal enum Statistic
{
    Sum,
    Mean,
    Max,
}
