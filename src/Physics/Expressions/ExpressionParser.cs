using System.Globalization;

namespace DklActors.Physics.Expressions;

/// <summary>Parses expressions by recursive descent.</summary>
internal sealed class ExpressionParser
{
    /// <summary>What a person may write.</summary>
    public const string Accepts =
        "an expression of windows by their names, such as 'a/(a+b)', with + - * / ^, sum, mean, max, log, exp, sqrt "
        + "and abs";

    // Deeper nesting than any formula has; the parser and the evaluation call themselves.
    private const int MostDepth = 64;

    private static readonly Dictionary<string, Statistic> Statistics = new(StringComparer.Ordinal)
    {
        ["sum"] = Statistic.Sum,
        ["mean"] = Statistic.Mean,
        ["max"] = Statistic.Max,
    };

    private static readonly string[] Functions = ["log", "exp", "sqrt", "abs"];

    private readonly string _text;
    private readonly List<Quantity> _quantities = [];
    private int _at;
    private int _depth;

    private ExpressionParser(string text) => _text = text;

    /// <exception cref="FormatException">It is no expression; the message says what is wrong and where.</exception>
    public static Expression Parse(string text)
    {
        var parser = new ExpressionParser(text);
        Node root = parser.Sum();
        parser.SkipBlanks();
        return parser._at < text.Length
            ? throw parser.Problem($"'{text[parser._at]}' is not expected")
            : new Expression(root, parser._quantities);
    }

    private Node Sum()
    {
        Node left = Product();
        while (Take('+', '-') is { } sign)
        {
            left = new Node.Binary(sign, left, Product());
        }

        return left;
    }

    private Node Product()
    {
        Node left = Power();
        while (Take('*', '/') is { } sign)
        {
            left = new Node.Binary(sign, left, Power());
        }

        return left;
    }

    private Node Power()
    {
        if (++_depth > MostDepth)
        {
            throw Problem($"it is nested more than {MostDepth} deep");
        }

        Node result = Take('-') is not null ? new Node.Binary('-', new Node.Number(0), Power()) : Atom();
        if (result is not Node.Binary { Left: Node.Number { Constant: 0 }, Operator: '-' } && Take('^') is not null)
        {
            result = new Node.Binary('^', result, Power());
        }

        _depth--;
        return result;
    }

    private Node Atom()
    {
        SkipBlanks();
        if (_at >= _text.Length)
        {
            throw Problem("it ends too early");
        }

        if (Take('(') is not null)
        {
            Node inner = Sum();
            Require(')');
            return inner;
        }

        char letter = _text[_at];
        return char.IsAsciiDigit(letter) || letter == '.' ? Number()
            : char.IsAsciiLetter(letter) || letter == '_' ? NameOrFunction()
            : throw Problem($"'{letter}' is not expected");
    }

    private Node.Number Number()
    {
        int start = _at;
        while (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || _text[_at] == '.'
            || (_text[_at] is 'e' or 'E' && _at > start)
            || (_text[_at] is '+' or '-' && _text[_at - 1] is 'e' or 'E')))
        {
            _at++;
        }

        string number = _text[start.._at];
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && double.IsFinite(value)
            ? new Node.Number(value)
            : throw Problem($"'{number}' is not a number");
    }

    private Node NameOrFunction()
    {
        string word = Word();
        if (Take('(') is null)
        {
            return NameOf(new Quantity(word, Statistic.Sum));
        }

        if (Statistics.TryGetValue(word, out Statistic statistic))
        {
            SkipBlanks();
            Node name = NameOf(new Quantity(Word(), statistic));
            Require(')');
            return name;
        }

        if (!Functions.Contains(word))
        {
            throw Problem($"there is no function '{word}'");
        }

        Node argument = Sum();
        Require(')');
        return new Node.Function(word, argument);
    }

    private Node.Name NameOf(Quantity quantity)
    {
        int index = _quantities.IndexOf(quantity);
        if (index < 0)
        {
            index = _quantities.Count;
            _quantities.Add(quantity);
        }

        return new Node.Name(index);
    }

    private string Word()
    {
        int start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] == '_'))
        {
            _at++;
        }

        return _at > start ? _text[start.._at] : throw Problem("the name of a window is expected");
    }

    private char? Take(params ReadOnlySpan<char> letters)
    {
        SkipBlanks();
        return _at < _text.Length && letters.Contains(_text[_at]) ? _text[_at++] : null;
    }

    private void Require(char letter)
    {
        if (Take(letter) is null)
        {
            throw Problem($"'{letter}' is missing");
        }
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && _text[_at] == ' ')
        {
            _at++;
        }
    }

    private FormatException Problem(string problem) => new($"the expression '{_text}', at {_at + 1}: {problem}");
}
