using System.Text;
using System.Xml;

namespace DklActors.Host.Figures.Curves;

/// <summary>Writes SVG elements; numbers are rounded to a hundredth of a pixel, text is made fit for XML.</summary>
internal sealed class SvgWriter : IDisposable
{
    private const string Namespace = "http://www.w3.org/2000/svg";

    private readonly StringBuilder _text = new();
    private readonly XmlWriter _xml;

    public SvgWriter(double width, double height, string title)
    {
        _xml = XmlWriter.Create(_text, new XmlWriterSettings { Indent = true, OmitXmlDeclaration = true });
        _xml.WriteStartElement("svg", Namespace);
        Attributes([
            ("width", Number(width)), ("height", Number(height)),
            ("viewBox", $"0 0 {Number(width)} {Number(height)}"), ("role", "img"),
            ("font-family", "Inter, 'Helvetica Neue', Helvetica, Arial, 'DejaVu Sans', sans-serif"),
        ]);
        _xml.WriteElementString("title", Namespace, Clean(title));
    }

    public static string Number(double value) => value.ToString("0.##");

    /// <summary>An element without content.</summary>
    public void Element(string name, params (string Name, string Value)[] attributes)
    {
        _xml.WriteStartElement(name, Namespace);
        Attributes(attributes);
        _xml.WriteEndElement();
    }

    /// <summary>A group; close it with <see cref="EndGroup"/>.</summary>
    public void BeginGroup(params (string Name, string Value)[] attributes)
    {
        _xml.WriteStartElement("g", Namespace);
        Attributes(attributes);
    }

    public void EndGroup() => _xml.WriteEndElement();

    public void Line(double x1, double y1, double x2, double y2, params (string Name, string Value)[] style) =>
        Element("line",
            [("x1", Number(x1)), ("y1", Number(y1)), ("x2", Number(x2)), ("y2", Number(y2)), .. style]);

    public void Rectangle(
        double x, double y, double width, double height, params (string Name, string Value)[] style) =>
        Element("rect",
            [("x", Number(x)), ("y", Number(y)), ("width", Number(width)), ("height", Number(height)), .. style]);

    public void Circle(double x, double y, double radius, params (string Name, string Value)[] style) =>
        Element("circle", [("cx", Number(x)), ("cy", Number(y)), ("r", Number(radius)), .. style]);

    public void Polyline(IEnumerable<(double X, double Y)> points, params (string Name, string Value)[] style) =>
        Element("polyline",
            [("points", string.Join(' ', points.Select(static p => $"{Number(p.X)},{Number(p.Y)}"))), .. style]);

    public void Text(double x, double y, string text, params (string Name, string Value)[] style)
    {
        _xml.WriteStartElement("text", Namespace);
        Attributes([("x", Number(x)), ("y", Number(y)), .. style]);
        _xml.WriteString(Clean(text));
        _xml.WriteEndElement();
    }

    /// <summary>Ends the document and returns it.</summary>
    public string Finish()
    {
        _xml.WriteEndElement();
        _xml.Flush();
        return _text.Append('\n').ToString();
    }

    public void Dispose() => _xml.Dispose();

    private void Attributes((string Name, string Value)[] attributes)
    {
        foreach ((string name, string value) in attributes)
        {
            _xml.WriteAttributeString(name, value);
        }
    }

    // A lone surrogate or a control character would make the file unreadable.
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool isXml = rune.Value is 0x9 or 0xA or 0xD or (>= 0x20 and <= 0xFFFD) or >= 0x10000;
            clean.Append(isXml ? rune : new Rune(' '));
        }

        return clean.ToString();
    }
}
