using System.Xml.Linq;
using DklActors.Host.Figures.Curves;

namespace DklActors.Host.Tests.Figures;

public sealed class LearningCurveSvgTests
{
    private static readonly LearningCurvePoint[] s_points = [.. Enumerable.Range(1, 12).Select(step =>
        new LearningCurvePoint
        {
            Step = step,
            Value = step == 7 ? double.NaN : step,
            Best = step == 7 ? 6 : step,
            IsSeed = step <= 3,
            PredictedMean = step <= 3 ? null : step == 9 ? 20 : step + 0.5,
            PredictedDeviation = step <= 3 ? null : 1,
            Rmse = step < 3 ? null : 1.0 / step,
            Nlpd = step < 3 ? null : -0.1 * step,
            ModelVersion = step <= 3 ? 0 : (step - 1) / 3,
        })];

    [Fact]
    public void Each_measurement_is_one_mark_of_its_kind()
    {
        XDocument svg = Render(s_points);

        Marks(svg, "seed").Should().HaveCount(3);
        Marks(svg, "planned").Should().HaveCount(8);
        Marks(svg, "no-value").Should().HaveCount(1);
        Marks(svg, "refit").Should().HaveCount(3);
        Marks(svg, "best").Should().HaveCount(1);
    }

    [Fact]
    public void A_value_outside_its_band_is_told_apart()
    {
        XDocument svg = Render(s_points);

        Marks(svg, "band").Should().HaveCount(8);
        Marks(svg, "inside").Should().HaveCount(7);
        Marks(svg, "outside").Should().HaveCount(1);
        svg.Descendants().Select(element => element.Value).Should().Contain(
            "Predicted before measuring: 7 of 8 within ±2σ");
    }

    [Fact]
    public void Equal_steps_of_value_are_equal_steps_on_the_page()
    {
        double[] heights = [.. Marks(Render(s_points), "planned").Select(mark => (double)mark.Attribute("cy")!)];

        (heights[0] - heights[1]).Should().BeApproximately(heights[6] - heights[7], 0.02).And.BePositive();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_error_has_a_point_for_each_known_one_on_either_axis(bool isLogarithmic)
    {
        XDocument svg = Render(s_points, isLogarithmic);

        Marks(svg, "rmse-point").Should().HaveCount(10);
        Marks(svg, "nlpd-point").Should().HaveCount(10);
        double[] drops = [.. Marks(svg, "rmse-point").Select(mark => (double)mark.Attribute("cy")!)];
        drops.Should().BeInAscendingOrder("an error that falls goes down the page");
    }

    [Fact]
    public void Panels_without_data_are_left_out()
    {
        XDocument svg = Render([.. s_points.Take(2)]);

        Marks(svg, "band").Concat(Marks(svg, "rmse-point")).Should().BeEmpty();
        Marks(svg, "seed").Should().HaveCount(2);
    }

    [Fact]
    public void Any_text_and_an_empty_run_make_valid_xml()
    {
        const string Title = "a < b & \"c\" \0 \uD800";
        string text = new LearningCurveSvg { Title = Title, Quantity = "µ\u001B", Points = [] }.Render();

        XDocument.Parse(text).Root!.Name.LocalName.Should().Be("svg");
        text.Should().NotContain("NaN");
    }

    private static XDocument Render(LearningCurvePoint[] points, bool isLogarithmic = false)
    {
        string text = new LearningCurveSvg
        {
            Title = "Title",
            Quantity = "counts",
            Points = points,
            IsErrorLogarithmic = isLogarithmic,
        }.Render();
        text.Should().NotContain("NaN").And.NotContain("Infinity");
        return XDocument.Parse(text);
    }

    private static XElement[] Marks(XDocument svg, string kind) =>
        [.. svg.Descendants().Where(element => (string?)element.Attribute("class") == kind)];
}
