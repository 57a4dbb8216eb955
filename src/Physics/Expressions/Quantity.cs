namespace DklActors.Physics.Expressions;

/// <summary>What an expression takes of a window: <c>a</c> or <c>sum(a)</c>, <c>mean(a)</c>, <c>max(a)</c>.</summary>
internal readonly record struct Quantity(string Window, Statistic Statistic);
