namespace DklActors.Physics.Expressions;

/// <summary>
/// An arithmetic expression over named quantities. It is parsed and evaluated; nothing of it is run as code.
/// </summary>
/// <remarks>
/// <code>
/// sum     := product (('+' | '-') product)*
/// product := power (('*' | '/') power)*
/// power   := ('-' power) | atom ('^' power)?
/// atom    := number | name | function '(' sum (',' sum)* ')' | '(' sum ')'
/// </code>
/// </remarks>
internal sealed class Expression
{
    private readonly Node _root;

    internal Expression(Node root, IReadOnlyList<Quantity> quantities)
    {
        _root = root;
        Quantities = quantities;
    }

    /// <summary>What it needs, in the order in which <see cref="Evaluate"/> takes the values.</summary>
    public IReadOnlyList<Quantity> Quantities { get; }

    /// <summary>Value of the expression, and its derivative by each quantity.</summary>
    public double Evaluate(ReadOnlySpan<double> values, Span<double> derivatives)
    {
        derivatives.Clear();
        double value = _root.Value(values);
        _root.Differentiate(values, 1, derivatives);
        return value;
    }
}
