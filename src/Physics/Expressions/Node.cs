namespace DklActors.Physics.Expressions;

/// <summary>A part of an expression.</summary>
internal abstract record Node
{
    public abstract double Value(ReadOnlySpan<double> values);

    /// <summary>
    /// Adds to each derivative what this part has in it, times the derivative of the whole by this part.
    /// </summary>
    public abstract void Differentiate(ReadOnlySpan<double> values, double outer, Span<double> derivatives);

    internal sealed record Number(double Constant) : Node
    {
        public override double Value(ReadOnlySpan<double> values) => Constant;

        public override void Differentiate(ReadOnlySpan<double> values, double outer, Span<double> derivatives)
        {
            // A constant depends on nothing.
        }
    }

    internal sealed record Name(int Index) : Node
    {
        public override double Value(ReadOnlySpan<double> values) => values[Index];

        public override void Differentiate(ReadOnlySpan<double> values, double outer, Span<double> derivatives) =>
            derivatives[Index] += outer;
    }

    internal sealed record Binary(char Operator, Node Left, Node Right) : Node
    {
        public override double Value(ReadOnlySpan<double> values)
        {
            double left = Left.Value(values), right = Right.Value(values);
            return Operator switch
            {
                '+' => left + right,
                '-' => left - right,
                '*' => left * right,
                '/' => left / right,
                _ => Math.Pow(left, right),
            };
        }

        public override void Differentiate(ReadOnlySpan<double> values, double outer, Span<double> derivatives)
        {
            double left = Left.Value(values), right = Right.Value(values);
            (double byLeft, double byRight) = Operator switch
            {
                '+' => (1.0, 1.0),
                '-' => (1.0, -1.0),
                '*' => (right, left),
                '/' => (1 / right, -left / (right * right)),
                // The exponent is mostly a number; of a base that is none the logarithm would spoil the sum.
                _ => (
                    right * Math.Pow(left, right - 1),
                    Right is Number ? 0 : Math.Pow(left, right) * Math.Log(left)),
            };
            Left.Differentiate(values, outer * byLeft, derivatives);
            Right.Differentiate(values, outer * byRight, derivatives);
        }
    }

    internal sealed record Function(string Word, Node Argument) : Node
    {
        public override double Value(ReadOnlySpan<double> values)
        {
            double argument = Argument.Value(values);
            return Word switch
            {
                "log" => Math.Log(argument),
                "exp" => Math.Exp(argument),
                "sqrt" => Math.Sqrt(argument),
                _ => Math.Abs(argument),
            };
        }

        public override void Differentiate(ReadOnlySpan<double> values, double outer, Span<double> derivatives)
        {
            double argument = Argument.Value(values);
            double slope = Word switch
            {
                "log" => 1 / argument,
                "exp" => Math.Exp(argument),
                "sqrt" => 0.5 / Math.Sqrt(argument),
                _ => Math.Sign(argument),
            };
            Argument.Differentiate(values, outer * slope, derivatives);
        }
    }
}
